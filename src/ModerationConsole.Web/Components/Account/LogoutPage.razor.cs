using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
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

    private async Task SignOutAsync()
    {
        await SignOut.RunAsync(await Current.GetAsync(), Context.RequestAborted);
        await Context.SignOutAsync(ConsoleClaims.CookieScheme);
        Navigation.NavigateTo("account/login");
    }
}
