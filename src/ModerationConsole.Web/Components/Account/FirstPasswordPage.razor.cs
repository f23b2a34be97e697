using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

public sealed partial class FirstPasswordPage
{
    private string? _error;

    [SupplyParameterFromForm]
    public FirstPassword Input { get; set; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required ChooseFirstPassword Choose { get; init; }

    [Inject]
    public required SignIn SignIn { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    internal SignInTickets Tickets { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Input ??= new FirstPassword();

    private async Task ChooseAsync()
    {
        if (!Limits.Allow(Context.Connection.RemoteIpAddress, Input.Email))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = AccountText.TooManyTries;
            return;
        }

        if (Input.Chosen != Input.Repeated)
        {
            _error = AccountText.PasswordsDiffer;
            return;
        }

        _error = await Choose.RunAsync(Input.Email, Input.Given, Input.Chosen, Context.RequestAborted) switch
        {
            ChoosePasswordOutcome.Chosen => null,
            ChoosePasswordOutcome.Failed => AccountText.GivenPasswordFailed,
            ChoosePasswordOutcome.Refused => AccountText.PasswordRefused.With(PasswordRules.MinLength),
        };
        if (_error is not null)
        {
            return;
        }

        SignInOutcome outcome = await SignIn.RunAsync(Input.Email, Input.Chosen, Context.RequestAborted);
        if (outcome.Session is { } session)
        {
            await Context.SignInAsync(ConsoleClaims.CookieScheme, session.ToPrincipal());
        }

        if (outcome.Ticket is { } ticket)
        {
            Tickets.Give(Context, ticket);
            Navigation.NavigateTo(SecondStepAddress.Of(outcome.Result, returnUrl: null));
            return;
        }

        Navigation.NavigateTo("/");
    }

    /// <summary>What the form sends.</summary>
    public sealed class FirstPassword
    {
        public string Email { get; set; } = "";

        public string Given { get; set; } = "";

        public string Chosen { get; set; } = "";

        public string Repeated { get; set; } = "";
    }
}
