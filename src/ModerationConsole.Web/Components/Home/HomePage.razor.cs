using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Home;

/// <summary>Sends everyone to their desk.</summary>
public sealed partial class HomePage
{
    private bool _nowhere;

    [CascadingParameter]
    public Myself? Me { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        if (Me is null)
        {
            return;
        }

        if (Desk.Of(Me) is { } address)
        {
            Navigation.NavigateTo(address, replace: true);
        }
        else
        {
            _nowhere = true;
        }
    }
}
