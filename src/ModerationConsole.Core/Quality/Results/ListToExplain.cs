using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>A decision that was found wrong and whose author is still to be told why.</summary>
/// <param name="Was">What was decided.</param>
/// <param name="Right">What it should have been.</param>
/// <param name="Since">When it was found wrong, UTC.</param>
public sealed record ToExplainRow(Guid SampleId, long CaseNumber, Verdict Was, Verdict? Right, ErrorKind? Proposed, DateTimeOffset Since);

/// <summary>What the caller found wrong and is to explain, and what someone found who has left; the oldest first.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ListToExplain(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 200;

    /// <summary>Lists them, at most 200.</summary>
    public async Task<IReadOnlyList<ToExplainRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListToExplain>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.ToExplainBy(caller.Id).AsNoTracking().OrderBy(sample => sample.DrawnAt).ThenBy(sample => sample.Id).Take(Most)
                .Select(sample => new ToExplainRow(
                    sample.Id, sample.CaseNumber, sample.Verdict, sample.RightVerdict, sample.Error, sample.AdjudicatedAt ?? sample.DrawnAt))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
