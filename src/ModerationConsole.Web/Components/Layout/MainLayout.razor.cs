using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ModerationConsole.Web.Components.Layout;

public sealed partial class MainLayout
{
    [Inject]
    public required IJSRuntime Script { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            // The page itself says when it answers, for styles and for tests.
            var module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/circuit.js"]);
            await using (module)
            {
                await module.InvokeVoidAsync("markReady");
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened: there is nobody left to tell.
        }
    }
}
