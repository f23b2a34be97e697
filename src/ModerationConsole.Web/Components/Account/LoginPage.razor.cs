using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

public sealed partial class LoginPage
{
    private string? _error;

    [SupplyParameterFromForm]
    public Credentials Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    public string? Ended { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SignIn SignIn { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Notice => Ended switch
    {
        nameof(CircuitEnd.SessionOver) => "Your session has ended. What you wrote is kept; sign in to go on.",
        nameof(CircuitEnd.TooMany) => "This page was closed because you have many open. The others still work.",
        _ => null,
    };

    protected override void OnInitialized() => Input ??= new Credentials();

    private async Task SignInAsync()
    {
        if (!Limits.Allow(Context.Connection.RemoteIpAddress, Input.Email))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = "Too many tries. Wait a minute, then try again.";
            return;
        }

        SignInOutcome outcome = await SignIn.RunAsync(Input.Email, Input.Password, Context.RequestAborted);
        switch (outcome.Result)
        {
            case SignInResult.SignedIn:
                await Context.SignInAsync(ConsoleClaims.CookieScheme, outcome.Session!.ToPrincipal());
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
                break;
            case SignInResult.MustChoosePassword:
                Navigation.NavigateTo("account/first-password");
                break;
            case SignInResult.LockedOut:
                double minutes = Math.Ceiling(((outcome.LockedUntil ?? Clock.GetUtcNow()) - Clock.GetUtcNow()).TotalMinutes);
                _error = string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords. Try again in {minutes} min.");
                break;
            case SignInResult.Disabled:
                _error = "This account is disabled. Ask an administrator.";
                break;
            default:
                _error = "Email or password is not right.";
                break;
        }
    }

    /// <summary>What the form sends.</summary>
    public sealed class Credentials
    {
        public string Email { get; set; } = "";

        public string Password { get; set; } = "";
    }
}
