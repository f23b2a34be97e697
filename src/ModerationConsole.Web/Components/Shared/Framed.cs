using Microsoft.AspNetCore.Components;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>What a page shows in the frame around it, for as long as it is on show. Draws nothing itself.</summary>
public sealed class Framed : ComponentBase, IDisposable
{
    /// <summary>For the browser's tab; the product's name is put behind it.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Top bar, start.</summary>
    [Parameter]
    public RenderFragment<Moment>? Where { get; set; }

    /// <summary>Top bar, end.</summary>
    [Parameter]
    public RenderFragment? Shift { get; set; }

    /// <summary>Status bar.</summary>
    [Parameter]
    public RenderFragment? Bottom { get; set; }

    [Inject]
    public required PageFrame Frame { get; init; }

    public void Dispose() => Frame.Empty(this);

    protected override void OnParametersSet() => Frame.Fill(this, Title, Where, Shift, Bottom);
}
