using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>Stands where a page would, when it may not be shown. Whoever has no session any more is sent to sign in.</summary>
public sealed partial class NotAllowed
{
    private bool _signedIn;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; init; }

    protected override async Task OnInitializedAsync()
    {
        AuthenticationState state = await Authentication.GetAuthenticationStateAsync();
        _signedIn = state.User.Identity?.IsAuthenticated == true;
        if (!_signedIn)
        {
            string here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
            CircuitEnd? ended = (Authentication as CircuitAuthentication)?.Ended;
            Navigation.NavigateTo(
                Navigation.GetUriWithQueryParameters("account/login", new Dictionary<string, object?> { ["returnUrl"] = here, ["ended"] = ended?.ToString() }),
                forceLoad: true);
        }
    }
}
