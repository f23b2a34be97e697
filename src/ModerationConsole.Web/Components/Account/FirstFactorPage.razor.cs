using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>Sets up, in the middle of a sign-in, the second factor that a role demands. Nothing else opens before.</summary>
public sealed partial class FirstFactorPage
{
    private SignInTicket? _ticket;
    private string? _error;
    private string? _secret;
    private string _packed = "";
    private string _email = "";
    private IReadOnlyList<string>? _codes;

    [SupplyParameterFromForm(FormName = "second-factor")]
    public AuthenticatorSetup.Form Setup { get; set; } = null!;

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SetUpAtSignIn Factor { get; init; }

    [Inject]
    internal SignInTickets Tickets { get; init; } = null!;

    [Inject]
    internal PendingSecrets Secrets { get; init; } = null!;

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        Setup ??= new AuthenticatorSetup.Form();
        _ticket = Tickets.Read(Context);
        if (_ticket is not { SetsUp: true } ticket)
        {
            Navigation.NavigateTo("account/login");
            return;
        }

        // The form names whom it is for only to the app on the phone.
        _email = ticket.Email;
        _secret = Secrets.Unpack(ticket.PersonId, Setup.Secret) ?? Authenticator.NewSecret();
        _packed = Secrets.Pack(ticket.PersonId, _secret);
    }

    private async Task SetUpAsync()
    {
        if (_ticket is not { } ticket || _secret is not { } secret)
        {
            return;
        }

        if (!Limits.Allow(Context.Connection.RemoteIpAddress, ticket.PersonId.ToString()))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = AccountText.TooManyTries;
            return;
        }

        if (await Factor.RunAsync(ticket, secret, Setup.Code ?? "", Context.Request.Headers.UserAgent, Context.RequestAborted) is not var (outcome, codes))
        {
            SignInTickets.Take(Context);
            (_secret, _error) = (null, AccountText.CodeTooLate);
        }
        else if (outcome.Session is { } session)
        {
            SignInTickets.Take(Context);
            await Context.SignInAsync(ConsoleClaims.CookieScheme, session.ToPrincipal());
            _codes = codes;
        }
        else
        {
            _error = AccountText.SetupCodeWrong;
        }
    }
}
