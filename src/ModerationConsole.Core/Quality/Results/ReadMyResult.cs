using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>One's own dispute about a result.</summary>
/// <param name="Reason">Why it was decided so.</param>
public sealed record MyDispute(string Text, DateTimeOffset OpenedAt, DisputeState State, DateTimeOffset? DecidedAt, string? Reason);

/// <summary>What a second look at a decision of one's own found, in full. Nobody who looked is named.</summary>
/// <param name="Mine">What was decided.</param>
/// <param name="Scored">False where the policy was found ambiguous: it counts neither way.</param>
/// <param name="Right">What it should have been, where it was wrong.</param>
/// <param name="RightPolicy">The policy it should have named.</param>
/// <param name="Explanation">Why it was wrong, in words.</param>
/// <param name="DisputeUntil">Until when it can be disputed, UTC, exclusive; null before it is seen, and where there is nothing to dispute.</param>
public sealed record MyResult(
    Guid Id, long CaseNumber, DateTimeOffset DecidedAt, DateTimeOffset ReleasedAt, JudgedVerdict Mine, bool Wrong, bool Scored, Verdict? Right,
    NamedPolicy? RightPolicy, ErrorKind? Error, RootCause? Cause, string? Explanation, DateTimeOffset? SeenAt, DateTimeOffset? DisputeUntil, MyDispute? Dispute);

/// <summary>Shows a result of the caller's own. Reading it is not seeing it: see <see cref="SeeResult"/>.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadMyResult(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it; null where there is none of the caller's.</summary>
    public async Task<MyResult?> RunAsync(Caller caller, Guid resultId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadMyResult>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            QualitySample? sample = await db.ResultsOf(caller.Id).AsNoTracking().SingleOrDefaultAsync(row => row.Id == resultId, cancellationToken).ConfigureAwait(false);
            if (sample is not { Wrong: { } wrong, ReleasedAt: { } releasedAt })
            {
                return null;
            }

            MyDispute? dispute = await db.Set<Dispute>().AsNoTracking().Where(row => row.SampleId == sample.Id)
                .Select(row => new MyDispute(row.Text, row.OpenedAt, row.State, row.DecidedAt, row.Reason)).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return new MyResult(
                sample.Id, sample.CaseNumber, sample.DecidedAt, releasedAt,
                (await db.VerdictsAsync([sample.DecisionId], cancellationToken).ConfigureAwait(false))[sample.DecisionId], wrong, sample.Scored,
                wrong ? sample.RightVerdict : null, wrong ? await db.RightPolicyAsync(sample, cancellationToken).ConfigureAwait(false) : null,
                sample.Error, sample.Cause, sample.Explanation, sample.SeenAt, wrong && dispute is null ? DisputeWindow.EndOf(sample) : null, dispute);
        }
    }
}
