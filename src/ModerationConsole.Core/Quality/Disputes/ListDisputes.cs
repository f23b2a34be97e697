using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>A dispute in a list. Nobody is named.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="MayDecide">Whether it is open and the caller had no hand in the result.</param>
public sealed record DisputeRow(
    Guid Id, long CaseNumber, DisputeState State, Verdict Verdict, ErrorKind? Error, DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, bool MayDecide);

/// <summary>A part of the disputes.</summary>
/// <param name="More">Whether the list goes on.</param>
public sealed record FoundDisputes(IReadOnlyList<DisputeRow> Rows, bool More);

/// <summary>Disputes about results: the open ones, the oldest first, or those that were decided, the newest first. One's own are left out.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ListDisputes(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Part = 50;

    /// <summary>Lists a part of them.</summary>
    /// <param name="decided">Those that were decided instead of those that are open.</param>
    /// <param name="after">The last one of the part before; null for the first part.</param>
    public async Task<FoundDisputes> RunAsync(Caller caller, bool decided, Guid? after, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListDisputes>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<DisputedSample> rows = db.DisputesFor(caller.Id).AsNoTracking().Where(row => (row.Dispute.State != DisputeState.Open) == decided);
            if (after is { } last
                && await db.Set<Dispute>().Where(row => row.Id == last).Select(row => (DateTimeOffset?)row.OpenedAt).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } at)
            {
                rows = decided
                    ? rows.Where(row => row.Dispute.OpenedAt < at || (row.Dispute.OpenedAt == at && row.Dispute.Id.CompareTo(last) < 0))
                    : rows.Where(row => row.Dispute.OpenedAt > at || (row.Dispute.OpenedAt == at && row.Dispute.Id.CompareTo(last) > 0));
            }

            rows = decided
                ? rows.OrderByDescending(row => row.Dispute.OpenedAt).ThenByDescending(row => row.Dispute.Id)
                : rows.OrderBy(row => row.Dispute.OpenedAt).ThenBy(row => row.Dispute.Id);
            List<DisputeRow> found = await rows.Select(row => new DisputeRow(
                    row.Dispute.Id, row.Sample.CaseNumber, row.Dispute.State, row.Sample.Verdict, row.Sample.Error, row.Dispute.OpenedAt, row.Dispute.DecidedAt,
                    row.Dispute.State == DisputeState.Open && row.Sample.DeciderId != caller.Id && row.Sample.ReviewerId != caller.Id && row.Sample.AdjudicatorId != caller.Id))
                .Take(Part + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new FoundDisputes([.. found.Take(Part)], found.Count > Part);
        }
    }
}
