using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations;

/// <summary>Asks a policy expert about the case on the screen. The case waits with the experts from then on; the asker is not offered it again.</summary>
[Requires(Permission.ReviewCases)]
public sealed class EscalateCase(WritePath writes, IAccessGuard guard, EscalationAddressees addressees) : IUseCase
{
    /// <summary>Hands the case on once; sent again it answers with the same escalation.</summary>
    /// <param name="question">What the expert is asked, up to 5 000 characters.</param>
    /// <param name="to">Who is to have it first; any expert if null.</param>
    /// <param name="urgent">Whether it goes before other questions.</param>
    public async Task<EscalateResult> RunAsync(
        Caller caller, long taskNumber, long fence, string? question, CancellationToken cancellationToken, EscalationAddress? to = null, bool urgent = false)
    {
        await guard.DemandAsync<EscalateCase>(caller, cancellationToken).ConfigureAwait(false);
        if (question is { Length: > TextLength.Note })
        {
            return new EscalateResult(EscalateOutcome.TextTooLong);
        }

        if (DecisionText.Clean(question) is not { } text)
        {
            return new EscalateResult(EscalateOutcome.QuestionRequired);
        }

        Ask ask = new(text, urgent ? EscalationUrgency.Urgent : EscalationUrgency.Normal, to ?? new EscalationAddress());
        return await writes.RunAsync(
            (scope, token) => scope.HandOnAsync(caller, taskNumber, fence, ask, addressees, (_, _, _) => Task.CompletedTask, token), cancellationToken).ConfigureAwait(false);
    }
}
