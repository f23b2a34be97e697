using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations;

/// <summary>Asks a policy expert about the case on the screen. The case waits with the experts from then on; the asker is not offered it again.</summary>
[Requires(Permission.ReviewCases)]
public sealed class EscalateCase(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Hands the case on once; sent again it answers with the same escalation.</summary>
    /// <param name="question">What the expert is asked, up to 5 000 characters.</param>
    public async Task<EscalateResult> RunAsync(Caller caller, long taskNumber, long fence, string? question, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EscalateCase>(caller, cancellationToken).ConfigureAwait(false);
        if (question is { Length: > TextLength.Note })
        {
            return new EscalateResult(EscalateOutcome.TextTooLong);
        }

        return DecisionText.Clean(question) is not { } text
            ? new EscalateResult(EscalateOutcome.QuestionRequired)
            : await writes.RunAsync(
                (scope, token) => scope.HandOnAsync(caller, taskNumber, fence, text, EscalationUrgency.Normal, token), cancellationToken).ConfigureAwait(false);
    }
}
