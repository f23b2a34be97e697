using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>The caller's desk pauses because they are away: nothing is offered until they are here again. An open case stays with them until its own time runs out.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class PauseDesk(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Begins the pause. A break that was begun stays a break.</summary>
    public async Task<RestState> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PauseDesk>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => RestDesk.BeginAsync(scope, caller, RestKind.Paused, token), cancellationToken).ConfigureAwait(false);
    }
}
