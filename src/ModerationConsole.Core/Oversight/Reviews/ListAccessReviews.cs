using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>A review as those who answer it see it.</summary>
/// <param name="StartedBy">Name of who began it; null where the settings did.</param>
/// <param name="Attested">Lines that are still needed.</param>
/// <param name="Taken">Lines that were withdrawn or expired.</param>
public sealed record AccessReviewRow(
    int Number, DateTimeOffset StartedAt, string? StartedBy, DateTimeOffset DueAt, DateTimeOffset? ClosedAt, int Lines, int Waiting, int Attested, int Taken);

/// <summary>Reviews of who may do what, the newest first.</summary>
[Requires(Permission.ReviewAccess)]
public sealed class ListAccessReviews(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reviews that are listed at most.</summary>
    public const int Most = 50;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<AccessReviewRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAccessReviews>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<ReviewLine> lines = db.Set<ReviewLine>();
            return await db.Set<AccessReview>().AsNoTracking().OrderByDescending(row => row.Number).Take(Most)
                .Select(row => new AccessReviewRow(
                    row.Number, row.StartedAt, db.Set<Moderator>().Where(person => person.Id == row.StartedBy).Select(person => person.DisplayName).SingleOrDefault(),
                    row.DueAt, row.ClosedAt, lines.Count(line => line.Review == row.Number),
                    lines.Count(line => line.Review == row.Number && line.State == ReviewLineState.Waiting),
                    lines.Count(line => line.Review == row.Number && line.State == ReviewLineState.Attested),
                    lines.Count(line => line.Review == row.Number && (line.State == ReviewLineState.Withdrawn || line.State == ReviewLineState.Expired))))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
