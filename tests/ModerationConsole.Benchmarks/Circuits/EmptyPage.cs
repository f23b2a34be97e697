using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>The least that a circuit can hold: what any interactive page costs before it has anything on it.</summary>
[Route("/empty")]
public sealed class EmptyPage : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "p");
        builder.AddContent(1, "Nothing");
        builder.CloseElement();
    }
}

/// <summary>The document around the empty page.</summary>
public sealed class EmptyDocument : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "html");
        builder.OpenElement(1, "body");
        builder.OpenComponent<EmptyPage>(2);
        builder.AddComponentRenderMode(new InteractiveServerRenderMode(prerender: true));
        builder.CloseComponent();
        builder.CloseElement();
        builder.CloseElement();
    }
}
