using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>The caller is back from a break or pause and may be offered work again.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class EndRest(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends whatever rest there is.</summary>
    public async Task<RestState> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EndRest>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => RestDesk.EndAsync(scope, caller, token), cancellationToken).ConfigureAwait(false);
    }
}
