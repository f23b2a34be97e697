using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Hosting;

/// <summary>The program as an operator starts it: exit codes, where it says what, and settings that are refused by name.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("console-verbs-").FullName;

    [Fact]
    public async Task UsersAdd_PrintsAOneTimePasswordOnceAndRefusesTheSameAddressThen()
    {
        (int first, string output, _) = await RunAsync("users", "add", "someone@test.local", "--role", "Moderator");
        (int second, string nothing, string errors) = await RunAsync("users", "add", "someone@test.local", "--role", "Moderator");

        Assert.Equal((0, 1), (first, second));
        Assert.Matches(@"^someone@test\.local may sign in\. One-time password: \S+$", output.Trim());
        Assert.Empty(nothing);
        Assert.Contains("Someone has that address already.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users", "add")]
    [InlineData("users", "add", "someone@test.local")]
    [InlineData("users", "add", "someone@test.local", "--role", "King")]
    [InlineData("users", "add", "no-address", "--role", "Moderator")]
    [InlineData("users", "remove", "someone@test.local")]
    [InlineData("dance")]
    [InlineData("migrate", "twice")]
    public async Task Verb_UsedWrongly_SaysHowOnStandardErrorAndExitsWithTwo(params string[] words)
    {
        (int code, string output, string errors) = await RunAsync(words);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_NamesEveryVerbOnStandardOutput()
    {
        (int code, string output, _) = await RunAsync("help");

        Assert.Equal(0, code);
        Assert.All(["serve", "migrate", "users add", "keys create", "import items", "audit verify", "demo reset"], verb => Assert.Contains(verb, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Lease:Seconds", "0")]
    [InlineData("Lease:HeartbeatSeconds", "many")]
    [InlineData("Enforcement:UndoSeconds", "-1")]
    [InlineData("Media:AllowedHosts:0", "https://media.example/path")]
    [InlineData("Webhooks:AllowedHosts:0", "no-port")]
    [InlineData("Media:RenderTimeoutSeconds", "0")]
    [InlineData("Api:Burst", "0")]
    [InlineData("Health:RequireKey", "maybe")]
    public async Task Setting_ThatMakesNoSense_StopsTheStartAndIsNamed(string key, string value)
    {
        (int code, _, string errors) = await RunAsync("serve", "--urls=http://127.0.0.1:0", $"--{key}={value}");

        Assert.Equal(1, code);
        Assert.Contains(string.Join(':', key.Split(':')[..2]), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) => ConsoleProcess.RunAsync(_data, args);
}
