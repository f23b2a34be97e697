using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Unit.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("serve", "", "serve")]
    [InlineData("--Data:Directory=x serve", "--Data:Directory=x", "serve")]
    [InlineData("migrate --Data:Directory x", "--Data:Directory x", "migrate")]
    [InlineData("import items f.csv --type post --json --Data:Directory=x", "--Data:Directory=x", "import items f.csv --type post --json")]
    [InlineData("import items f.csv --json --urls http://localhost:1 --limit 5", "--urls http://localhost:1", "import items f.csv --json --limit 5")]
    [InlineData("--Data= --Data:Directory=x", "--Data= --Data:Directory=x", "")]
    public void Arguments_AreParted_IntoSettingsAndAVerb(string args, string settings, string words)
    {
        (string[] Settings, string[] Words) parted = ConsoleCommandLine.Split(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((settings, words), (string.Join(' ', parted.Settings), string.Join(' ', parted.Words)));
    }
}
