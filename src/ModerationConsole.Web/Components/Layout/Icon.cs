using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// Drawings of wwwroot/img/icons.svg, always beside words. Pieces of markup, not components, as <see cref="Shared.KeyHint"/> is; and each
/// one text that all circuits share, not the five parts it is made of, which every page would hold for itself.
/// </summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<(string Sheet, string Name), RenderFragment> s_drawn = new();

    /// <summary>A drawing by its id.</summary>
    /// <param name="assets">The page's own <c>Assets</c>, which know the file's fingerprint.</param>
    /// <param name="name">Id of the drawing: ours, never a word of a platform or a person.</param>
    public static RenderFragment Of(ResourceAssetCollection assets, string name) => s_drawn.GetOrAdd((assets["img/icons.svg"], name), static drawing =>
    {
        string markup = $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{drawing.Sheet}#{drawing.Name}\"></use></svg>";
        return builder => builder.AddMarkupContent(0, markup);
    });
}
