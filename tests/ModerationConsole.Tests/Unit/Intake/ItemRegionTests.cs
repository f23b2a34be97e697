using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Intake;

/// <summary>Where an item says that its data belongs.</summary>
public sealed class ItemRegionTests
{
    private static readonly KnownType[] s_types = [new("any", ItemKind.Content, Sensitivity.Ordinary, 1, Archived: false, [])];
    private static readonly RegionOptions s_regions = new() { Known = ["eu", "us-1"], Default = "us-1" };

    private readonly ProblemList _problems = new();

    [Theory]
    [InlineData("\"eu\"", "eu")]
    [InlineData("\"EU\"", "eu")]
    [InlineData("\"us-1\"", "us-1")]
    [InlineData("null", "us-1")]
    public void Region_ThatIsConfiguredOrLeftOut_IsTakenAsConfigured(string sent, string taken)
    {
        Assert.Equal(taken, ReadIn(s_regions, $$$"""{"id":"x","typeId":"any","region":{{{sent}}},"data":{}}""")!.Region);
        Assert.Equal("us-1", ReadIn(s_regions, """{"id":"x","typeId":"any","data":{}}""")!.Region);
    }

    [Theory]
    [InlineData("\"moon\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("[\"eu\"]")]
    public void Region_ThatIsNotConfigured_IsRefused(string sent)
    {
        Assert.Null(ReadIn(s_regions, $$$"""{"id":"x","typeId":"any","region":{{{sent}}},"data":{}}"""));
        IntakeProblem problem = Assert.Single(_problems.Problems);
        Assert.Equal(("item.region-unknown", "/items/3/region"), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("\"moon\"", "moon")]
    [InlineData("\"<b>\"", null)]
    public void Region_OfAPromisedItem_StaysWhenItIsTakenOutOfTheSettings(string sent, string? taken)
    {
        ItemReader reader = new(new ItemCatalog(s_types, s_regions), _problems, promised: true);
        Assert.Equal(taken, reader.Read(Items.Json($$$"""{"id":"x","typeId":"any","region":{{{sent}}},"data":{}}"""), "")!.Region);
    }

    [Fact]
    public void Region_WhereNoneAreConfigured_MeansNothing()
    {
        Assert.Null(ReadIn(new RegionOptions(), """{"id":"x","typeId":"any","region":"moon","data":{}}""")!.Region);
        Assert.Empty(_problems.Problems);
    }

    private AcceptedItem? ReadIn(RegionOptions regions, string item) => new ItemReader(new ItemCatalog(s_types, regions), _problems).Read(Items.Json(item), "/items/3");
}
