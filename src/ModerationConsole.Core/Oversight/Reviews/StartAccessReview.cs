using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>What came of beginning a review.</summary>
public enum StartReviewOutcome
{
    Started,

    /// <summary>One is open: it is answered first.</summary>
    OneIsOpen,

    /// <summary>The caller must first prove again who they are: what nobody attests is taken.</summary>
    ProveFirst,
}

/// <summary>Begins a review of who may do what.</summary>
[Requires(Permission.ReviewAccess)]
public sealed class StartAccessReview(WritePath writes, IAccessGuard guard, IRecentProof proof, IOptions<ReviewOptions> options) : IUseCase
{
    /// <summary>Begins it, unless one is open.</summary>
    public async Task<StartReviewOutcome> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<StartAccessReview>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return StartReviewOutcome.ProveFirst;
        }

        return await writes.RunAsync((scope, cancel) => StartAsync(scope, caller, options.Value, cancel), cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<StartReviewOutcome> StartAsync(WriteScope scope, Caller caller, ReviewOptions options, CancellationToken cancellationToken)
    {
        AccessReview? last = await scope.Db.Set<AccessReview>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (last is { ClosedAt: null })
        {
            return StartReviewOutcome.OneIsOpen;
        }

        AccessReview review = new()
        {
            Number = (last?.Number ?? 0) + 1,
            StartedAt = scope.Now,
            StartedBy = caller.Kind == CallerKind.Person ? caller.Id : null,
            DueAt = scope.Now.AddDays(options.ReviewDueDays),
        };
        scope.Db.Add(review);
        List<ReviewLine> lines = await LinesAsync(scope, review.Number, cancellationToken).ConfigureAwait(false);
        scope.Db.AddRange(lines);
        scope.Record(caller, AuditAct.AccessReviewStarted, subject: $"{review.Number}", details: new Dictionary<string, object?>
        {
            ["due"] = review.DueAt, ["lines"] = lines.Count,
        });
        await scope.TellReviewersAsync(cancellationToken).ConfigureAwait(false);
        return StartReviewOutcome.Started;
    }

    private static async Task<List<ReviewLine>> LinesAsync(WriteScope scope, int review, CancellationToken cancellationToken)
    {
        var roles = await (
            from link in scope.Db.UserRoles
            join person in scope.Db.Set<Moderator>() on link.UserId equals person.Id
            select new { link.UserId, link.RoleId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<PersonPermission> given = await scope.Db.Set<PersonPermission>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = scope.Now;
        List<Guid> keys = await scope.Db.Set<ApiKey>().Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now)).Select(key => key.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. roles.Select(row => new ReviewLine { Review = review, PersonId = row.UserId, RoleId = row.RoleId }),
            .. given.Select(row => new ReviewLine { Review = review, PersonId = row.PersonId, Permission = row.Permission }),
            .. keys.Select(id => new ReviewLine { Review = review, KeyId = id }),
        ];
    }
}
