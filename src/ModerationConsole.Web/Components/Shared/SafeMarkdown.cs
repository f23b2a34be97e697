using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>
/// Turns Markdown into HTML that can do nothing: HTML in the text is shown as text, links lead only to web pages, mail or
/// places of the same text, images become their words, and nobody can add attributes.
/// </summary>
public static class SafeMarkdown
{
    // No extension that takes attributes from the text (generic attributes, media links, diagrams) may be added here.
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().Build();

    /// <summary>Headings begin below the page's own.</summary>
    private const int HeadingShift = 2;

    /// <summary>The HTML of a text.</summary>
    public static string ToHtml(string text)
    {
        MarkdownDocument document = Markdig.Markdown.Parse(text ?? "", s_pipeline);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(6, heading.Level + HeadingShift);
        }

        // Copied, because the tree changes under the walk.
        foreach (LinkInline link in document.Descendants<LinkInline>().ToList())
        {
            Tame(link);
        }

        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToList())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        return document.ToHtml(s_pipeline);
    }

    private static void Tame(LinkInline link)
    {
        if (link.IsImage || !IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url))
        {
            // The words of the link stay.
            ContainerInline words = new();
            link.TransferChildrenTo(words);
            link.ReplaceBy(words);
            return;
        }

        link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer");
    }

    private static bool IsSafe(string? url) =>
        url is not null
        && (url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" or "mailto"
            && url.StartsWith(address.Scheme + ":", StringComparison.OrdinalIgnoreCase)));
}
