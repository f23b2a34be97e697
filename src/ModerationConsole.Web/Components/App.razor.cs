using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components;

/// <summary>The document. Account pages are plain forms without script, but for passkeys; all others live on a circuit.</summary>
public sealed partial class App
{
    // No prerendering: pages initialise once, and no case content ever stands in static HTML.
    private static readonly InteractiveServerRenderMode s_console = new(prerender: false);

    private Myself? _me;
    private DeskPreferences? _preferences;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required GetMyself GetMyself { get; init; }

    private bool Interactive => Context.AcceptsInteractiveRouting();

    private InteractiveServerRenderMode? Mode => Interactive ? s_console : null;

    private string Nonce => Context.ScriptNonce();

    // Nothing stands there for a stranger: the browser's memory decides then.
    private string? Theme => _me is null ? null : _me.Theme.Length == 0 ? "system" : _me.Theme;

    // The person's own look is in the first byte, so that nothing changes under their eyes.
    protected override async Task OnInitializedAsync()
    {
        if (Interactive && Context.User.ToPerson() is { } person)
        {
            try
            {
                _me = await GetMyself.RunAsync(person, Context.RequestAborted);
                _preferences = DeskPreferences.Read(_me?.DeskSettings);
            }
            catch (PermissionDeniedException)
            {
                // Signed in once, but no longer let in: the page itself says so.
            }
        }
    }
}
