using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Components.Account;

public sealed partial class LogoutPage
{
    private (string Provider, string Address)? _provider;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SignOut SignOut { get; init; }

    [Inject]
    internal ProviderSignOut AtProvider { get; init; } = null!;

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private Task SignOutAsync() => SignOutAsync(everywhere: false);

    private Task SignOutEverywhereAsync() => SignOutAsync(everywhere: true);

    private async Task SignOutAsync(bool everywhere)
    {
        Session session = await Current.SessionAsync();
        (string, string)? provider = await AtProvider.OfAsync(session, Context.Request, Context.RequestAborted);
        IReadOnlyList<DueCheck> tokens = await AtProvider.TokensAsync(session, everywhere, Context.RequestAborted);
        await SignOut.RunAsync(session.ToCaller(), everywhere ? null : session.Id, Context.RequestAborted);
        await Context.SignOutAsync(ConsoleClaims.CookieScheme);
        await AtProvider.RevokeAsync(tokens);
        if (provider is null)
        {
            Navigation.NavigateTo("account/login");
        }

        // By a page of its own: a form of ours may send nobody elsewhere.
        _provider = provider;
    }
}
