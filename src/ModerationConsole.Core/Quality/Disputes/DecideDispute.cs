using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>What became of deciding a dispute.</summary>
public enum DecideDisputeOutcome
{
    Decided,

    /// <summary>There is no such dispute that the caller may read.</summary>
    NotThere,

    /// <summary>The caller decided the case, judged it again or settled it: someone else decides.</summary>
    HadAHand,

    /// <summary>Someone decided it meanwhile.</summary>
    AlreadyDecided,

    /// <summary>What was found is none of the three.</summary>
    FindingRequired,

    /// <summary>Neither verdict names a policy that could be ambiguous.</summary>
    NoPolicy,

    /// <summary>There is no reason in the text.</summary>
    ReasonRequired,

    /// <summary>The reason is longer than 5 000 characters.</summary>
    ReasonTooLong,
}

/// <summary>The answer to deciding a dispute.</summary>
/// <param name="Correction">What became of the decision that had put the disputed one right.</param>
public sealed record DecideDisputeResult(DecideDisputeOutcome Outcome, CorrectionEnd Correction = CorrectionEnd.None)
{
    /// <summary>Names of actions that nothing takes back, or that cannot be ordered again: someone has to see to them.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];
}

/// <summary>
/// Decides a dispute: the result stands, or the decision was right after all, or the policy leaves it open. It is for someone who
/// neither decided the case nor judged it again nor settled it. A decision that was right after all takes the place of its correction.
/// </summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class DecideDispute(WritePath writes, IAccessGuard guard, IPolicyQuestions questions, DecisionRestoring restoring) : IUseCase
{
    /// <summary>Decides it once.</summary>
    /// <param name="finding">Upheld, overturned or ambiguous.</param>
    /// <param name="reason">Why, for the author, up to 5 000 characters.</param>
    public async Task<DecideDisputeResult> RunAsync(Caller caller, Guid disputeId, DisputeState? finding, string? reason, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DecideDispute>(caller, cancellationToken).ConfigureAwait(false);
        if (finding is not { } found || found == DisputeState.Open || !Enum.IsDefined(found))
        {
            return new DecideDisputeResult(DecideDisputeOutcome.FindingRequired);
        }

        if (QualityText.TooLong(reason))
        {
            return new DecideDisputeResult(DecideDisputeOutcome.ReasonTooLong);
        }

        return QualityText.Clean(reason) is not { } words
            ? new DecideDisputeResult(DecideDisputeOutcome.ReasonRequired)
            : await writes.RunAsync((scope, token) => DecideAsync(scope, caller, disputeId, found, words, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DecideDisputeResult> DecideAsync(
        WriteScope scope, Caller caller, Guid disputeId, DisputeState finding, string reason, CancellationToken cancellationToken)
    {
        DisputedSample? found = await scope.Db.DisputesFor(caller.Id).SingleOrDefaultAsync(row => row.Dispute.Id == disputeId, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            // An author's own dispute is not there for them to decide.
            return new DecideDisputeResult(DecideDisputeOutcome.NotThere);
        }

        (Dispute dispute, QualitySample sample) = (found.Dispute, found.Sample);
        string? policy = sample.RightPolicyId ?? sample.PolicyId;
        DecideDisputeOutcome? refusal = sample.HadAHand(caller.Id) ? DecideDisputeOutcome.HadAHand
            : dispute.State != DisputeState.Open ? DecideDisputeOutcome.AlreadyDecided
            : finding == DisputeState.PolicyAmbiguous && policy is null ? DecideDisputeOutcome.NoPolicy
            : null;
        if (refusal is { } why)
        {
            return new DecideDisputeResult(why);
        }

        dispute.Decide(finding, caller.Id, reason, scope.Now);
        scope.Record(caller, AuditAct.DisputeDecided, sample.CaseNumber, subject: dispute.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["sample"] = sample.Id,
            ["finding"] = finding.ToString(),
            ["hash"] = QualityText.Hash(reason),
        });
        await scope.TellAsync(
            dispute.PersonId, InboxKind.DisputeDecided, $"dispute:{dispute.Id}", cancellationToken, sample.CaseNumber, subject: sample.Id.ToString()).ConfigureAwait(false);
        if (finding == DisputeState.PolicyAmbiguous)
        {
            sample.SetAside();
            await questions.AskAsync(scope, caller, new PolicyQuestion(policy!, sample.CaseNumber, dispute.Id), cancellationToken).ConfigureAwait(false);
        }

        return finding == DisputeState.Overturned
            ? await OverturnAsync(scope, caller, sample, cancellationToken).ConfigureAwait(false)
            : new DecideDisputeResult(DecideDisputeOutcome.Decided);
    }

    private async Task<DecideDisputeResult> OverturnAsync(WriteScope scope, Caller caller, QualitySample sample, CancellationToken cancellationToken)
    {
        sample.Overturn();
        if (sample.CorrectionId is not { } correction)
        {
            return new DecideDisputeResult(DecideDisputeOutcome.Decided);
        }

        return await restoring.RestoreAsync(scope, caller, correction, cancellationToken).ConfigureAwait(false) is { } restored
            ? new DecideDisputeResult(DecideDisputeOutcome.Decided, CorrectionEnd.Replaced) { Left = restored.Left }
            : new DecideDisputeResult(DecideDisputeOutcome.Decided, CorrectionEnd.CaseMovedOn);
    }
}
