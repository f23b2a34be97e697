using Microsoft.AspNetCore.Components.Authorization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Security;

/// <summary>Who uses this circuit or page now. Ask at each command and keep nothing: a session can end at any moment.</summary>
public interface ICurrentCaller
{
    /// <summary>The signed-in person.</summary>
    /// <exception cref="PermissionDeniedException">The session is over.</exception>
    ValueTask<Caller> GetAsync();

    /// <summary>The session in which they ask.</summary>
    /// <exception cref="PermissionDeniedException">The session is over.</exception>
    ValueTask<Session> SessionAsync();
}

internal sealed class CurrentCaller(AuthenticationStateProvider authentication) : ICurrentCaller
{
    public async ValueTask<Caller> GetAsync() =>
        (await SessionAsync()).ToCaller();

    public async ValueTask<Session> SessionAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.ToSession() ?? throw new PermissionDeniedException(Permission.UseConsole);
}
