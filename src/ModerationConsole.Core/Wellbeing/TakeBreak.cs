using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>The caller takes a break: what they hold goes back and nothing is offered until they end it.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class TakeBreak(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Begins the break, or goes on with the one begun.</summary>
    public async Task<RestState> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<TakeBreak>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => RestDesk.BeginAsync(scope, caller, RestKind.Break, token), cancellationToken).ConfigureAwait(false);
    }
}
