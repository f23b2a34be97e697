using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>Drawings of wwwroot/img/icons.svg, always beside words. Pieces of markup, not components, as <see cref="Shared.KeyHint"/> is.</summary>
public static class Icon
{
    /// <summary>A drawing by its id.</summary>
    /// <param name="assets">The page's own <c>Assets</c>, which know the file's fingerprint.</param>
    /// <param name="name">Id of the drawing.</param>
    public static RenderFragment Of(ResourceAssetCollection assets, string name) => builder =>
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", "icon");
        builder.AddAttribute(2, "aria-hidden", "true");
        builder.OpenElement(3, "use");
        builder.AddAttribute(4, "href", $"{assets["img/icons.svg"]}#{name}");
        builder.CloseElement();
        builder.CloseElement();
    };
}
