using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// Drawings of wwwroot/img/icons.svg, always beside words. Pieces of markup, not components, as <see cref="Shared.KeyHint"/> is; and each
/// one text that all circuits share, not the five parts it is made of, which every page would hold for itself.
/// </summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<(string Sheet, string Name), RenderFragment> s_drawn = new();
    private static readonly ConcurrentDictionary<(string Sheet, string Address, string Name, string Words), RenderFragment> s_links = new();

    /// <summary>A drawing by its id.</summary>
    /// <param name="assets">The page's own <c>Assets</c>, which know the file's fingerprint.</param>
    /// <param name="name">Id of the drawing: ours, never a word of a platform or a person.</param>
    public static RenderFragment Of(ResourceAssetCollection assets, string name) => s_drawn.GetOrAdd((assets["img/icons.svg"], name), static drawing =>
    {
        string markup = Drawing(drawing.Sheet, drawing.Name);
        return builder => builder.AddMarkupContent(0, markup);
    });

    /// <summary>A link with a drawing before its words.</summary>
    /// <param name="assets">The page's own <c>Assets</c>.</param>
    /// <param name="address">Where it leads: ours, as the drawing is.</param>
    /// <param name="name">Id of the drawing.</param>
    /// <param name="words">What it says.</param>
    public static RenderFragment Link(ResourceAssetCollection assets, string address, string name, string words) =>
        s_links.GetOrAdd((assets["img/icons.svg"], address, name, words), static link =>
        {
            string markup = $"<a href=\"{link.Address}\">{Drawing(link.Sheet, link.Name)}{HtmlEncoder.Default.Encode(link.Words)}</a>";
            return builder => builder.AddMarkupContent(0, markup);
        });

    private static string Drawing(string sheet, string name) => $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{sheet}#{name}\"></use></svg>";
}
