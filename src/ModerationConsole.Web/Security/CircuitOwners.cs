using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;

namespace ModerationConsole.Web.Security;

/// <summary>Whose call it is that a circuit answers: one whose name was stolen does not go on for another person.</summary>
internal sealed class CircuitOwners : IHubFilter
{
    private static readonly AsyncLocal<ClaimsPrincipal?> s_asking = new();

    /// <summary>Whoever called the hub in this moment.</summary>
    public static ClaimsPrincipal? Asking => s_asking.Value;

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        s_asking.Value = invocationContext.Context.User;
        return await next(invocationContext);
    }
}
