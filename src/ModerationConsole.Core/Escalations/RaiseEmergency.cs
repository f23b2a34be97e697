using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Emergencies;

namespace ModerationConsole.Core.Escalations;

/// <summary>
/// Says that the case on the screen is a threat to life: it goes to the emergency queue before everything else, due in 15 minutes,
/// people on call are told at once, and an alarm rises. What is then decided is sent without delay.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class RaiseEmergency(WritePath writes, IAccessGuard guard, EscalationAddressees addressees, EmergencyAlerts alerts) : IUseCase
{
    /// <summary>Hands the case on once; sent again it answers with the same emergency.</summary>
    /// <param name="what">What was seen, up to 5 000 characters. Not asked for: a life is not kept waiting for a text.</param>
    public async Task<EscalateResult> RunAsync(Caller caller, long taskNumber, long fence, string? what, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RaiseEmergency>(caller, cancellationToken).ConfigureAwait(false);
        if (what is { Length: > TextLength.Note })
        {
            return new EscalateResult(EscalateOutcome.TextTooLong);
        }

        Ask ask = Ask.Emergency(DecisionText.Clean(what) ?? "");
        return await writes.RunAsync(
            (scope, token) => scope.HandOnAsync(
                caller, taskNumber, fence, ask, addressees, (raised, _, _) => alerts.TellAsync(scope, raised, AlertKind.Raised, token), token),
            cancellationToken).ConfigureAwait(false);
    }
}
