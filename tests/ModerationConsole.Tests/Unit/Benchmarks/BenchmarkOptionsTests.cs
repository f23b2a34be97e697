using System.Text.Json;
using ModerationConsole.Benchmarks;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Intake;
using ModerationConsole.Benchmarks.Push;
using ModerationConsole.Benchmarks.Quality;
using ModerationConsole.Benchmarks.Scale;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Unit.Benchmarks;

public sealed class BenchmarkOptionsTests
{
    [Fact]
    public void Desk_WithoutOptions_MeasuresFiveRoundsOnTheEmbeddedDatabase()
    {
        DeskOptions options = DeskOptions.Read("desk", []);

        Assert.Equal((DatabaseProvider.Sqlite, 5, 1, false), (options.Provider, options.Rounds, options.Nodes, options.WithoutAudit));
        Assert.Equal([16], options.Moderators);
        Assert.Equal(56_380, options.Peers.Redis);
    }

    [Fact]
    public void Desk_WithAServer_ReadsAllThatIsGiven()
    {
        DeskOptions options = DeskOptions.Read("desk", ["--provider", "postgres", "--connection", "Host=h", "--moderators", "16,64", "--nodes", "2", "--audit", "none", "--json"]);

        Assert.Equal((DatabaseProvider.PostgreSql, "Host=h", 2, true, true), (options.Provider, options.Connection, options.Nodes, options.WithoutAudit, options.Json));
        Assert.Equal([16, 64], options.Moderators);
        Assert.Equal(56_379, options.Peers.Redis);
    }

    [Theory]
    [InlineData("--nonsense", "1")]
    [InlineData("--moderators")]
    [InlineData("--moderators", "16,")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "2,3")]
    [InlineData("--audit", "half")]
    [InlineData("--provider", "oracle")]
    [InlineData("--provider", "postgres")]
    [InlineData("--nodes", "2")]
    public void Desk_WithAWrongOption_IsToldSo(params string[] arguments) =>
        Assert.Contains("-", Assert.Throws<UsageException>(() => DeskOptions.Read("desk", arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void Push_OnAServer_TakesTwoNodesAndAllItsCircuitsShowWhatChanges()
    {
        PushOptions options = PushOptions.Read(["--provider", "postgres", "--connection", "Host=h", "--count", "40"]);

        Assert.Equal((2, 40, 40), (options.Nodes, options.Count, options.Showing));
        Assert.Equal(1, PushOptions.Read([]).Nodes);
    }

    [Theory]
    [InlineData("--nodes", "2")]
    [InlineData("--count", "10", "--showing", "11")]
    public void Push_WithWhatCannotBe_IsToldSo(params string[] arguments) => Assert.Throws<UsageException>(() => PushOptions.Read(arguments));

    [Fact]
    public void Quality_WithoutOptions_DrawsOneOfTwentyOfAMillion()
    {
        QualityOptions options = QualityOptions.Read([]);

        Assert.Equal((DatabaseProvider.Sqlite, 1_000_000, 50_000, 200), (options.Provider, options.Decisions, options.Samples, options.Reads));
        Assert.Equal(500, QualityOptions.Read(["--decisions", "10000"]).Samples);
        Assert.Throws<UsageException>(() => QualityOptions.Read(["--decisions", "10000", "--samples", "10001"]));
        Assert.Throws<UsageException>(() => QualityOptions.Read(["--provider", "sqlserver", "--connection", "Server=s"]));
    }

    [Fact]
    public void IntakeAndScale_WithoutOptions_MeasureWhatTheirIssueAsks()
    {
        IntakeOptions intake = IntakeOptions.Read([]);
        ScaleOptions scale = ScaleOptions.Read([]);

        Assert.Equal((64, 5, 56_379), (intake.Connections, intake.Rounds, intake.Peers.Redis));
        Assert.Equal((10_000_000, 5), (scale.Rows, scale.Rounds));
        Assert.Throws<UsageException>(() => ScaleOptions.Read(["--provider", "sqlserver", "--connection", "Server=s"]));
    }

    [Fact]
    public void ItemsOfTheLoad_AreValidAndUnlikeEachOther()
    {
        string[] texts = [.. Enumerable.Range(1, 20).Select(number => JsonDocument.Parse(HttpLoad.Body($"probe-{number}", number)).RootElement
            .GetProperty("items")[0].GetProperty("data").GetProperty("text").GetString()!)];

        Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.True(pair.First.Split(' ').Intersect(pair.Second.Split(' ')).Count() < 5));
    }
}
