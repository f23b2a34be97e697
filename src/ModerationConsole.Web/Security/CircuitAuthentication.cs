using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Web.Security;

/// <summary>Why a circuit's session was ended while it was open.</summary>
public enum CircuitEnd
{
    /// <summary>Signed out, disabled, or the password was changed elsewhere.</summary>
    SessionOver,

    /// <summary>The person opened more pages at once than one person can use.</summary>
    TooMany,
}

/// <summary>
/// Who uses a circuit. A circuit is told who it is once, when it opens, so the session is checked again each minute, and at
/// once when the person changed. When it is over the circuit knows nobody any more, and its page goes to the sign-in form.
/// </summary>
internal sealed partial class CircuitAuthentication(ILoggerFactory loggers, SessionCheck sessions, IOptions<SecurityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private static readonly AuthenticationState s_nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly ILogger _log = loggers.CreateLogger<CircuitAuthentication>();

    /// <summary>Why the session was ended, if it was.</summary>
    public CircuitEnd? Ended { get; private set; }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(options.Value.RevalidateSeconds);

    /// <summary>The circuit knows nobody from now on.</summary>
    public void End(CircuitEnd why)
    {
        Ended ??= why;
        SetAuthenticationState(Task.FromResult(s_nobody));
    }

    /// <summary>Checks the session now; pages that stay open ask anew what the person may do.</summary>
    public async Task RefreshAsync()
    {
        AuthenticationState state = await GetAuthenticationStateAsync();
        if (await ValidateAuthenticationStateAsync(state, CancellationToken.None))
        {
            SetAuthenticationState(Task.FromResult(state));
        }
        else if (state.User.Identity?.IsAuthenticated == true)
        {
            End(CircuitEnd.SessionOver);
        }
    }

    // What cannot be asked now is asked again at the next check: a database that is away for a moment must not throw people
    // out of their pages. Each command asks by itself whether its caller may.
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return authenticationState.User.ToSession() is { } session
                && await sessions.IsCurrentAsync(session, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The program ends, and this page with it.
            return true;
        }
#pragma warning disable CA1031 // whatever kept the question from being answered, it says nothing about the session
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An open page's session could not be checked ({Error}); it is tried again at the next check")]
    private partial void LogFault(string error);
}
