using System.Text.RegularExpressions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Architecture;

/// <summary>Rules about the text of the program itself.</summary>
public sealed partial class SourceTests
{
    private const string Web = "src/ModerationConsole.Web/";

    // The one component through which user-made media reaches a page.
    private const string GatedMedia = $"{Web}Components/Shared/GatedMedia.razor";

    // The one script that puts it there, and takes it off.
    private const string MediaScriptFile = "wwwroot/js/media.js";

    // Policies are written by the console's own policy experts and rendered from Markdown without raw HTML.
    private static readonly string[] s_markupFromOurOwn = [$"{Web}Components/Shared/Markdown.razor", $"{Web}Components/Layout/Icon.cs"];

    // Sessions are the web's own matter; they are checked against the database through People.
    private static readonly string[] s_mayTouchData = [$"{Web}Hosting/", $"{Web}Security/"];

    [Fact]
    public void File_OfTheProgram_FitsAHead()
    {
        string[] tooLong =
        [
            .. Sources.Below("src", ".cs", ".razor")
                .Where(path => !path.Contains("/Data/Migrations/", StringComparison.Ordinal))
                .Concat(Sources.Below("wwwroot", ".css", ".js"))
                .Select(path => (Path: path, Sources.Lines(path).Length))
                .Where(file => file.Length > 250)
                .Select(file => $"{file.Path}: {file.Length} lines"),
        ];

        Sources.None(tooLong);
    }

    /// <summary>No page links a bundle of components' own stylesheets: rules in one would have no effect, and nobody would see why.</summary>
    [Fact]
    public void Stylesheet_OfAComponent_StandsAmongThoseThatPagesLink()
    {
        Sources.None([.. Sources.Below("src", ".css")]);
    }

    [Fact]
    public void Media_OfUsers_ReachesPagesThroughOneComponent()
    {
        Sources.None(Find(MediaMarkup(), Sources.Below($"{Web}Components", ".razor", ".cs", ".css").Where(path => !path.StartsWith(GatedMedia, StringComparison.Ordinal))));
        Sources.None(Find(MediaScript(), Sources.Below("wwwroot", ".js").Where(path => path != MediaScriptFile)));
    }

    [Fact]
    public void Markup_MadeOfStrings_IsNeverUsersText()
    {
        Sources.None(Find(StringMarkup(), Sources.Below(Web, ".razor", ".cs").Except(s_markupFromOurOwn)));
        Sources.None(Find(ScriptMarkup(), Sources.Below("wwwroot", ".js")));
    }

    [Fact]
    public void Web_OutsideHostingAndSecurity_NeverTouchesTheDatabase()
    {
        Sources.None(Find(
            Database(),
            Sources.Below(Web, ".razor", ".cs").Where(path => !s_mayTouchData.Any(start => path.StartsWith(start, StringComparison.Ordinal)))));
    }

    // A person without their session would pass by what asks for a recent proof.
    [Fact]
    public void Web_NamingAPerson_NamesTheirSessionToo()
    {
        Sources.None(Find(new Regex(@"Caller\.Person\("), Sources.Below(Web, ".razor", ".cs").Where(path => path != $"{Web}Security/ConsoleClaims.cs")));
    }

    [Fact]
    public void Program_ComposingEverything_StaysShort()
    {
        Assert.InRange(Sources.Lines($"{Web}Program.cs").Length, 1, 60);
    }

    [Theory]
    [InlineData("<img src=\"@url\" />", true)]
    [InlineData("<VIDEO controls>", true)]
    [InlineData("style=\"background-image: url(@url)\"", true)]
    [InlineData("builder.OpenElement(0, \"img\");", true)]
    [InlineData("<span role=\"img\" aria-label=\"@name\">", false)]
    [InlineData("<image-note>", false)]
    [InlineData("<input type=\"image\" src=\"@url\">", true)]
    [InlineData("<div srcset=\"@urls\">", true)]
    [InlineData("<div poster=\"@url\">", true)]
    [InlineData("<table background=\"@url\">", true)]
    [InlineData("<iframe srcdoc=\"@html\">", true)]
    [InlineData("<object data=\"@url\">", true)]
    [InlineData("<embed src=\"@url\">", true)]
    [InlineData("<audio>", true)]
    [InlineData("style=\"background: url('@url')\"", true)]
    [InlineData("style=\"mask: image-set(@url)\"", true)]
    [InlineData("builder.AddAttribute(1, \"src\", url);", true)]
    [InlineData("<a href=\"/media/@id/0\">", true)]
    [InlineData("<script src=\"@Assets[\"js/theme.js\"]\"></script>", false)]
    [InlineData("<svg class=\"icon\"><use href=\"img/icons.svg#menu\" /></svg>", false)]
    public void Line_ShowingMedia_IsRecognised(string line, bool expected)
    {
        Assert.Equal(expected, MediaMarkup().IsMatch(line));
    }

    [Theory]
    [InlineData("document.createElement('img')", true)]
    [InlineData("document.createElement(kind)", true)]
    [InlineData("const picture = new Image();", true)]
    [InlineData("new Audio(url).play()", true)]
    [InlineData("element.src = url;", true)]
    [InlineData("element.srcset = urls;", true)]
    [InlineData("video.poster = url;", true)]
    [InlineData("frame.srcdoc = html;", true)]
    [InlineData("element.setAttribute('src', url)", true)]
    [InlineData("element.style.background = `url(${address})`;", true)]
    [InlineData("element.style.setProperty('background-image', address)", true)]
    [InlineData("URL.createObjectURL(blob)", true)]
    [InlineData("fetch(address)", true)]
    [InlineData("const source = event.target;", false)]
    [InlineData("document.createElement('div')", false)]
    public void Script_ShowingMedia_IsRecognised(string line, bool expected)
    {
        Assert.Equal(expected, MediaScript().IsMatch(line));
    }

    /// <summary>
    /// The test program tells its runner of results in lines on its own output. What another program writes there falls among them,
    /// and a result on such a line is lost.
    /// </summary>
    [Fact]
    public void Program_ThatATestStarts_HasAnOutputOfItsOwn() => Sources.None(
        from path in new[] { "tests/ModerationConsole.Tests", "tests/ModerationConsole.E2E" }.SelectMany(folder => Sources.Below(folder, ".cs"))
        from Match start in ProcessStart().Matches(string.Join('\n', Sources.Lines(path)))
        where !start.Value.Contains("RedirectStandardOutput = true", StringComparison.Ordinal)
        select $"{path}: {start.Value}");

    private static IEnumerable<string> Find(Regex forbidden, IEnumerable<string> paths) =>
        from path in paths
        from line in Sources.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
        where forbidden.IsMatch(line.Text)
        select $"{path}:{line.Number}: {line.Text.Trim()}";

    // Elements that show media, attributes that name it, styles that draw it, our own route, and the same made in code.
    [GeneratedRegex(
        """
        <(img|video|audio|picture|source|track|iframe|frame|object|embed|portal)[\s>/]|<image[\s>/]|\bRadzenImage\b
        |(?<![\w@-])(srcset|srcdoc|poster|background)\s*=\s*["@]|^(?!.*<script\b).*(?<![\w@-])src\s*=\s*["@]
        |background-image|\burl\(|\bimage-set\(|\bmedia/(@|\{)
        |(?<!=)"(img|video|audio|iframe|object|embed|src|srcset|srcdoc|poster)"
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex MediaMarkup();

    [GeneratedRegex(
        """
        createElement(NS)?\((?!['"](div|span|dialog|style)['"])|new\ (Image|Audio)\b|\.(src|srcset|srcdoc|poster)\s*=(?!=)
        |setAttribute\(\s*['"`](src|srcset|srcdoc|poster|data|background)['"`]|background(-image)?\b|\burl\(|image-set\(
        |createObjectURL|\bfetch\(|XMLHttpRequest
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex MediaScript();

    [GeneratedRegex(@"\bMarkupString\b|\bAddMarkupContent\b|\bHtmlString\b|\bRadzenHtml\b")]
    private static partial Regex StringMarkup();

    [GeneratedRegex(@"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()")]
    private static partial Regex ScriptMarkup();

    [GeneratedRegex(@"\b(ConsoleDbContext|IDbContextFactory|DbContext|WritePath|WriteScope|Microsoft\.EntityFrameworkCore)\b")]
    private static partial Regex Database();

    [GeneratedRegex(@"(new ProcessStartInfo\(|ProcessStartInfo \w+ = new\(|Process\.Start\("")[^;]*;")]
    private static partial Regex ProcessStart();
}
