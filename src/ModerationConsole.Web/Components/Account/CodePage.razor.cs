using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>The second step of a sign-in. Only the browser in which the password was right gets here.</summary>
public sealed partial class CodePage
{
    private SignInTicket? _ticket;
    private string? _error;

    [SupplyParameterFromForm]
    public CodeForm Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SignInWithCode SignIn { get; init; }

    [Inject]
    internal SignInTickets Tickets { get; init; } = null!;

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override void OnInitialized()
    {
        Input ??= new CodeForm();
        _ticket = Tickets.Read(Context);
        if (_ticket is null)
        {
            Navigation.NavigateTo("account/login");
        }
    }

    private async Task SignInAsync()
    {
        if (_ticket is not { } ticket)
        {
            return;
        }

        if (!Limits.Allow(Context.Connection.RemoteIpAddress, ticket.PersonId.ToString()))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = AccountText.TooManyTries;
            return;
        }

        SignInOutcome? outcome = await SignIn.RunAsync(ticket, Input.Code ?? "", Context.Request.Headers.UserAgent, Context.RequestAborted);
        if (outcome is null)
        {
            SignInTickets.Take(Context);
            _error = AccountText.CodeTooLate;
        }
        else if (outcome.Session is { } session)
        {
            SignInTickets.Take(Context);
            await Context.SignInAsync(ConsoleClaims.CookieScheme, session.ToPrincipal());
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
        }
        else
        {
            _error = outcome.LockedUntil is { } until
                ? AccountText.SignInLocked.With((int)Math.Ceiling((until - Clock.GetUtcNow()).TotalMinutes))
                : AccountText.CodeWrong;
        }
    }

    /// <summary>What the form sends.</summary>
    public sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
