using Microsoft.AspNetCore.Components.Authorization;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Security;

/// <summary>Who uses this circuit or page now. Ask at each command and keep nothing: a session can end at any moment.</summary>
public interface ICurrentCaller
{
    /// <summary>The signed-in person.</summary>
    /// <exception cref="PermissionDeniedException">The session is over.</exception>
    ValueTask<Caller> GetAsync();
}

internal sealed class CurrentCaller(AuthenticationStateProvider authentication) : ICurrentCaller
{
    public async ValueTask<Caller> GetAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.ToPerson() ?? throw new PermissionDeniedException(Permission.UseConsole);
}
