using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Unit.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--Data:Directory=x")]
    [InlineData("--Data:Directory x")]
    [InlineData("--urls http://localhost:0 --environment=Development")]
    [InlineData("--Data= --Data:Directory=x")]
    public void Arguments_OfSettingsOnly_NameNoVerb(string line) =>
        Assert.Empty(ConsoleCommandLine.WithoutSettings(line.Split(' ')));

    [Fact]
    public void Arguments_OfAVerb_KeepItsOptions() =>
        Assert.Equal(
            ["import", "items", "f.csv", "--type", "post", "--json"],
            ConsoleCommandLine.WithoutSettings("--Data:Directory=x import items f.csv --type post --Demo:Enabled=false --json".Split(' ')));
}
