using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>A page, or a part of one, that is drawn anew while it is open as what it shows changes.</summary>
public abstract class LiveComponent : ComponentBase
{
    /// <summary>Reads and draws again, in the turn of the page's circuit. What breaks is the page's, never that of whoever told of the change.</summary>
    protected async Task RedrawAsync(Func<Task> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            await InvokeAsync(async () =>
            {
                await read();
                StateHasChanged();
            });
        }
        catch (ObjectDisposedException)
        {
            // The page was left meanwhile.
        }
#pragma warning disable CA1031 // whatever breaks belongs to the circuit whose page it is
        catch (Exception error)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(error);
        }
    }
}
