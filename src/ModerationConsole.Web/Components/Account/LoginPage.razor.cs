using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Components.Account;

public sealed partial class LoginPage
{
    private string? _error;
    private string? _problem;
    private bool _signedIn;

    [SupplyParameterFromForm]
    public Credentials Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    public string? Ended { get; set; }

    [SupplyParameterFromQuery]
    public string? Problem { get; set; }

    [SupplyParameterFromQuery]
    public string? Provider { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SignIn SignIn { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    internal IdentityProviders Providers { get; init; } = null!;

    [Inject]
    internal SignInTickets Tickets { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Notice => Ended switch
    {
        nameof(CircuitEnd.SessionOver) => AccountText.EndedSession,
        nameof(CircuitEnd.TooMany) => AccountText.EndedTooMany,
        _ => null,
    };

    protected override void OnInitialized()
    {
        Input ??= new Credentials();
        _signedIn = Context.User.ToPerson() is not null;
        _problem = Enum.TryParse(Problem, out SignInProblem problem) && Providers.TryGet(Provider, out IdentityProvider? provider)
            ? Words(problem).With(provider.DisplayName)
            : null;
    }

    private async Task SignInAsync()
    {
        if (!Limits.Allow(Context.Connection.RemoteIpAddress, Input.Email))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = AccountText.TooManyTries;
            return;
        }

        SignInOutcome outcome = await SignIn.RunAsync(Input.Email, Input.Password, Context.RequestAborted, Context.Request.Headers.UserAgent);
        switch (outcome.Result)
        {
            case SignInResult.SignedIn:
                await Context.SignInAsync(ConsoleClaims.CookieScheme, outcome.Session!.ToPrincipal());
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
                break;
            case SignInResult.NeedsCode or SignInResult.NeedsSecondFactor:
                Tickets.Give(Context, outcome.Ticket!);
                Navigation.NavigateTo(SecondStepAddress.Of(outcome.Result, ReturnUrl));
                break;
            case SignInResult.NeedsPasskey:
                _error = AccountText.SignInPasskey;
                break;
            case SignInResult.MustChoosePassword:
                Navigation.NavigateTo("account/first-password");
                break;
            case SignInResult.LockedOut:
                int minutes = (int)Math.Ceiling(((outcome.LockedUntil ?? Clock.GetUtcNow()) - Clock.GetUtcNow()).TotalMinutes);
                _error = AccountText.SignInLocked.With(minutes);
                break;
            case SignInResult.LocalAccountsOff:
                _error = AccountText.LocalAccountsOff;
                break;
            case SignInResult.Disabled:
                _error = AccountText.SignInDisabled;
                break;
            default:
                _error = AccountText.SignInFailed;
                break;
        }
    }

    private static string Words(SignInProblem problem) => problem switch
    {
        SignInProblem.Unreachable => AccountText.ProblemUnreachable,
        SignInProblem.Stale => AccountText.ProblemStale,
        SignInProblem.Cancelled => AccountText.ProblemCancelled,
        SignInProblem.NoRole => AccountText.ProblemNoRole,
        SignInProblem.Apart => AccountText.ProblemApart,
        SignInProblem.Disabled => AccountText.SignInDisabled,
        SignInProblem.NoEmail => AccountText.ProblemNoEmail,
        SignInProblem.EmailTaken => AccountText.ProblemEmailTaken,
        SignInProblem.TooMany => AccountText.TooManyTries,
        _ => AccountText.ProblemRefuted,
    };

    /// <summary>What the form sends.</summary>
    public sealed class Credentials
    {
        public string Email { get; set; } = "";

        public string Password { get; set; } = "";
    }
}
