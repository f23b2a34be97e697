using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Shared;

public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b onclick=\"alert(1)\">b</b>")]
    [InlineData("![a](https://example.com/a.png)")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt:alert(1))")]
    [InlineData("[a](&#106;avascript:alert(1))")]
    [InlineData("[a](java\tscript:alert(1))")]
    [InlineData("[a](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[a](vbscript:x)")]
    [InlineData("[a](/account/logout)")]
    [InlineData("[a][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("# a {onclick=alert(1)}")]
    [InlineData("[a](https://example.com){onclick=alert(1)}")]
    [InlineData("[a](https://example.com \"x\\\" onmouseover=\\\"alert(1)\")")]
    public void HostileText_BecomesNothingThatActs(string text)
    {
        IHtmlDocument page = new HtmlParser().ParseDocument(SafeMarkdown.ToHtml(text));

        Assert.Empty(page.QuerySelectorAll("script, img, iframe, style, object, form, input"));
        Assert.All(page.All, element => Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("[href]"), link => Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public void OrdinaryText_KeepsItsFormAndWords()
    {
        IHtmlDocument page = new HtmlParser().ParseDocument(SafeMarkdown.ToHtml("# Head\n\n**strong** [web](https://example.com) [gone](javascript:x) <b>shown</b>\n\n- one"));

        Assert.Equal("Head", page.QuerySelector("h3")!.TextContent);
        Assert.Equal("strong", page.QuerySelector("strong")!.TextContent);
        Assert.Equal("noopener noreferrer", page.QuerySelector("a")!.GetAttribute("rel"));
        Assert.Contains("gone <b>shown</b>", page.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("one", page.QuerySelector("li")!.TextContent);
    }
}
