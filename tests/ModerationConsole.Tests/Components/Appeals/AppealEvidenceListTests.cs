using Bunit;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Appeals;

namespace ModerationConsole.Tests.Components.Appeals;

/// <summary>What came with an appeal is read, and fetches and opens nothing.</summary>
public sealed class AppealEvidenceListTests : ComponentTest
{
    private const string Address = "https://media.test/<b>proof</b>.jpg";

    [Fact]
    public void Media_OfEvidence_IsNamedAndLeadsNowhere()
    {
        IRenderedComponent<AppealEvidenceList> drawn = Draw(Field("text", FieldType.String, "Look here"), Field("images", FieldType.Image, Address), Field("site", FieldType.Url, "javascript:alert(1)"));

        Assert.Contains(Address, drawn.Find("bdi.mono").TextContent, StringComparison.Ordinal);
        Assert.Contains("is not shown", drawn.Markup, StringComparison.Ordinal);
        Assert.Empty(drawn.FindAll("a, img, video, audio, iframe, b"));
    }

    [Fact]
    public void Words_WithoutMedia_SayNothingOfIt() =>
        Assert.DoesNotContain("is not shown", Draw(Field("text", FieldType.String, "Look here")).Markup, StringComparison.Ordinal);

    private IRenderedComponent<AppealEvidenceList> Draw(params DeskField[] fields) =>
        Render<AppealEvidenceList>(parameters => parameters.Add(list => list.Items, [new AppealItem(Guid.NewGuid(), "Post", "p-2", fields)]));

    private static DeskField Field(string name, FieldType type, string value) => new(name, type, FieldRole.None, Sensitive: false, [value]);
}
