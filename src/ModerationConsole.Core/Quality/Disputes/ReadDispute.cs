using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>What became of the decision that put a disputed one right.</summary>
public enum CorrectionEnd
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>It is not touched: the dispute is open, or did not find the first decision right.</summary>
    Kept,

    /// <summary>What the first decision found has taken its place.</summary>
    Replaced,

    /// <summary>The first decision was right, but the case has moved on since the correction: nothing was restored.</summary>
    CaseMovedOn,
}

/// <summary>A dispute with what it is about. Nobody is named.</summary>
/// <param name="Text">What the author objects.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Review">What who judged it again found.</param>
/// <param name="Final">What the third person found.</param>
/// <param name="Right">What the result says it should have been.</param>
/// <param name="Explanation">What the author was told.</param>
/// <param name="HadAHand">Whether the caller judged it or settled it, and so cannot decide.</param>
/// <param name="Reason">Why it was decided so.</param>
/// <param name="Correction">What became of the correcting decision that came of the result.</param>
public sealed record DisputeView(
    Guid Id, long CaseNumber, DisputeState State, string Text, DateTimeOffset OpenedAt, JudgedVerdict Decision, JudgedVerdict? Review, JudgedVerdict? Final,
    Verdict? Right, NamedPolicy? RightPolicy, ErrorKind? Error, RootCause? Cause, string? Explanation, bool HadAHand, DateTimeOffset? DecidedAt, string? Reason,
    CorrectionEnd Correction);

/// <summary>Shows a dispute to those who decide them.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ReadDispute(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it; null where there is none that the caller may read, one's own among them.</summary>
    public async Task<DisputeView?> RunAsync(Caller caller, Guid disputeId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadDispute>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DisputedSample? found = await db.DisputesFor(caller.Id).AsNoTracking().SingleOrDefaultAsync(row => row.Dispute.Id == disputeId, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return null;
            }

            (Dispute dispute, QualitySample sample) = (found.Dispute, found.Sample);
            IReadOnlyDictionary<Guid, JudgedVerdict> verdicts = await db.VerdictsAsync(
                [sample.DecisionId, sample.ReviewId, sample.AdjudicationId], cancellationToken).ConfigureAwait(false);
            return new DisputeView(
                dispute.Id, sample.CaseNumber, dispute.State, dispute.Text, dispute.OpenedAt, verdicts[sample.DecisionId],
                verdicts.GetValueOrDefault(sample.ReviewId ?? Guid.Empty), verdicts.GetValueOrDefault(sample.AdjudicationId ?? Guid.Empty), sample.RightVerdict,
                await db.RightPolicyAsync(sample, cancellationToken).ConfigureAwait(false), sample.Error, sample.Cause, sample.Explanation,
                sample.HadAHand(caller.Id), dispute.DecidedAt, dispute.Reason, await EndOfAsync(db, dispute, sample, cancellationToken).ConfigureAwait(false));
        }
    }

    // What took the correction's place did so in the moment in which the dispute was decided, and by the same person.
    private static async Task<CorrectionEnd> EndOfAsync(ConsoleDbContext db, Dispute dispute, QualitySample sample, CancellationToken cancellationToken) =>
        sample.CorrectionId is not { } correction ? CorrectionEnd.None
        : dispute.State != DisputeState.Overturned ? CorrectionEnd.Kept
        : await db.Set<Decision>().AnyAsync(
            row => row.ReversesId == correction && row.DecidedAt == dispute.DecidedAt && row.DeciderId == dispute.DecidedBy, cancellationToken).ConfigureAwait(false)
            ? CorrectionEnd.Replaced
            : CorrectionEnd.CaseMovedOn;
}
