using System.Text.RegularExpressions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Architecture;

/// <summary>Rules about the text of the program itself.</summary>
public sealed partial class SourceTests
{
    private const string Web = "src/ModerationConsole.Web/";

    // The one component through which user-made media reaches a page.
    private const string GatedMedia = $"{Web}Components/Review/GatedMedia.razor";

    // Policies are written by the console's own policy experts and rendered from Markdown without raw HTML.
    private static readonly string[] s_markupFromOurOwn = [$"{Web}Components/Shared/Markdown.razor"];

    // Sessions are the web's own matter; they are checked against the database through People.
    private static readonly string[] s_mayTouchData = [$"{Web}Hosting/", $"{Web}Security/"];

    [Fact]
    public void File_OfTheProgram_FitsAHead()
    {
        string[] tooLong =
        [
            .. Sources.Below("src", ".cs", ".razor")
                .Where(path => !path.Contains("/Data/Migrations/", StringComparison.Ordinal))
                .Select(path => (Path: path, Sources.Lines(path).Length))
                .Where(file => file.Length > 250)
                .Select(file => $"{file.Path}: {file.Length} lines"),
        ];

        Sources.None(tooLong);
    }

    [Fact]
    public void Media_OfUsers_ReachesPagesThroughOneComponent()
    {
        Sources.None(Find(MediaMarkup(), Sources.Below($"{Web}Components", ".razor", ".cs", ".css").Where(path => path != GatedMedia)));
        Sources.None(Find(MediaScript(), Sources.Below("wwwroot", ".js")));
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
    [InlineData("<svg class=\"icon\"><use href=\"img/icons.svg#menu\" /></svg>", false)]
    public void Line_ShowingMedia_IsRecognised(string line, bool expected)
    {
        Assert.Equal(expected, MediaMarkup().IsMatch(line));
    }

    private static IEnumerable<string> Find(Regex forbidden, IEnumerable<string> paths) =>
        from path in paths
        from line in Sources.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
        where forbidden.IsMatch(line.Text)
        select $"{path}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex("""<(img|video|audio|picture|source|iframe|object|embed)[\s>/]|<image[\s>/]|background-image|(?<!=)"(img|video|audio|iframe|object|embed)"|\bRadzenImage\b""", RegexOptions.IgnoreCase)]
    private static partial Regex MediaMarkup();

    [GeneratedRegex("""createElement\(['"](img|video|audio|iframe)['"]\)|new Image\(|backgroundImage""", RegexOptions.IgnoreCase)]
    private static partial Regex MediaScript();

    [GeneratedRegex(@"\bMarkupString\b|\bAddMarkupContent\b|\bHtmlString\b|\bRadzenHtml\b")]
    private static partial Regex StringMarkup();

    [GeneratedRegex(@"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()")]
    private static partial Regex ScriptMarkup();

    [GeneratedRegex(@"\b(ConsoleDbContext|IDbContextFactory|DbContext|WritePath|WriteScope|Microsoft\.EntityFrameworkCore)\b")]
    private static partial Regex Database();
}
