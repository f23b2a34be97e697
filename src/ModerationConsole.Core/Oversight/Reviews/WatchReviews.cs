using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>
/// Begins reviews where the settings say how often, and takes what nobody attested until a review was due: all that is one person's
/// in one transaction, so that a process that is killed in between leaves nobody with half of it.
/// </summary>
public sealed class WatchReviews(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IOptions<ReviewOptions> options, TakenAccess access, NodeDuties nodes, TimeProvider clock,
    ILogger<WatchReviews> log)
    : PeriodicWork(TimeSpan.FromMinutes(1), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        (AccessReview? last, IReadOnlyList<Guid?> late) = await LookAsync(cancellationToken).ConfigureAwait(false);
        if (last is { ClosedAt: null })
        {
            await EachAsync(late, person => writes.RunAsync((scope, cancel) => ExpireAsync(scope, last.Number, person, cancel), cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        else if (IsTime(last))
        {
            await writes.RunAsync(StartInTimeAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsTime(AccessReview? last) =>
        options.Value.ReviewDays is > 0 and var days && (last is null || last.StartedAt.AddDays(days) <= _clock.Now());

    // Whose lines are late, whoever was here longest ago first: where all are administrators, the last one stays. Null stands for keys.
    private async Task<(AccessReview? Last, IReadOnlyList<Guid?> Late)> LookAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            AccessReview? last = await db.Set<AccessReview>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (last is null or { ClosedAt: not null } || last.DueAt > _clock.Now())
            {
                return (last, []);
            }

            var late = await db.Set<ReviewLine>().Where(row => row.Review == last.Number && row.State == ReviewLineState.Waiting)
                .Select(row => row.PersonId).Distinct()
                .Select(person => new { Person = person, Seen = db.Set<PersonSession>().Where(session => session.PersonId == person).Max(session => (DateTimeOffset?)session.LastSeenAt) })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return (last, [.. late.OrderBy(row => row.Seen ?? DateTimeOffset.MinValue).Select(row => row.Person)]);
        }
    }

    // Asked again inside the write: another node may have begun it.
    private async Task<bool> StartInTimeAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        AccessReview? last = await scope.Db.Set<AccessReview>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return last is not { ClosedAt: null } && IsTime(last)
            && await StartAccessReview.StartAsync(scope, Caller.System, options.Value, cancellationToken).ConfigureAwait(false) == StartReviewOutcome.Started;
    }

    private async Task<int> ExpireAsync(WriteScope scope, int review, Guid? person, CancellationToken cancellationToken)
    {
        List<ReviewLine> late = await scope.Db.Set<ReviewLine>().Where(row => row.Review == review && row.PersonId == person && row.State == ReviewLineState.Waiting)
            .OrderBy(row => row.RoleId).ThenBy(row => row.Permission).ThenBy(row => row.KeyId).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReviewLine line in late)
        {
            (line.State, line.AnsweredAt) = (await access.TakeAsync(scope, Caller.System, line, ReviewLineState.Expired, cancellationToken).ConfigureAwait(false), scope.Now);
            scope.RecordLine(Caller.System, AuditAct.AccessExpired, line);
        }

        if (late.Count > 0)
        {
            await scope.CloseAnsweredAsync(review, cancellationToken).ConfigureAwait(false);
            await scope.TellReviewersAsync(cancellationToken).ConfigureAwait(false);
        }

        return late.Count;
    }
}
