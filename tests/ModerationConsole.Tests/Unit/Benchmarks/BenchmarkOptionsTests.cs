using ModerationConsole.Benchmarks;
using ModerationConsole.Benchmarks.Desk;
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
}
