using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

public sealed partial class LogoutPage
{
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required SignOut SignOut { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private Task SignOutAsync() => SignOutAsync(everywhere: false);

    private Task SignOutEverywhereAsync() => SignOutAsync(everywhere: true);

    private async Task SignOutAsync(bool everywhere)
    {
        Session session = await Current.SessionAsync();
        await SignOut.RunAsync(Caller.Person(session.PersonId), everywhere ? null : session.Id, Context.RequestAborted);
        await Context.SignOutAsync(ConsoleClaims.CookieScheme);
        Navigation.NavigateTo("account/login");
    }
}
