using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components;

/// <summary>The document. Account pages are plain forms without script; all others live on a circuit.</summary>
public sealed partial class App
{
    // No prerendering: pages initialise once, and no case content ever stands in static HTML.
    private static readonly InteractiveServerRenderMode s_console = new(prerender: false);

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private bool Interactive => Context.AcceptsInteractiveRouting();

    private InteractiveServerRenderMode? Mode => Interactive ? s_console : null;

    private string Nonce => Context.ScriptNonce();
}
