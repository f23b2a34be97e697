using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>The verbs as an operator runs them: exit codes, results on stdout, and no word of what the rows hold.</summary>
public sealed class IntakeVerbTests : IAsyncLifetime
{
    private const string Secret = "words-that-must-not-be-printed";

    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Import_OfAFile_EndsWithItsSumAndPrintsNoContent()
    {
        string path = await FileAsync($"id,words\n1,{Secret}\n,{Secret}\n3,\"{Secret}\nmore\"\n");

        (int exitCode, string output, string errors) = await RunAsync("import", "items", path, "--type", "it_post", "--id", "id", "--text", "words", "--json");

        Assert.Equal(0, exitCode);
        JsonElement sum = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(["read", "accepted", "refused", "cases", "seconds"], sum.EnumerateObject().Select(member => member.Name));
        Assert.Equal((3, 2, 1, 2), (Number(sum, "read"), Number(sum, "accepted"), Number(sum, "refused"), Number(sum, "cases")));
        Assert.Contains("Line 3 was refused: item.id-invalid", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--id", "id", "--text", "words")]
    [InlineData(2, "--type", "it_post", "--id", "id", "--text", "words", "--limit", "some")]
    [InlineData(2, "--type", "it_post", "--id", "id", "--text", "no-such-column")]
    [InlineData(2, "--type", "nowhere", "--id", "id", "--text", "words")]
    [InlineData(2, "--type", "it_post", "--id", "id", "--text", "words", "--unknown", "x")]
    public async Task Import_AskedForWrongly_SaysSo(int exitCode, params string[] options)
    {
        string path = await FileAsync("id,words\n1,one\n");

        Assert.Equal(exitCode, (await RunAsync(["import", "items", path, .. options])).ExitCode);
    }

    [Fact]
    public async Task Import_OfAFileThatIsNotThere_Fails() =>
        Assert.Equal(1, (await RunAsync("import", "items", "none.csv", "--type", "it_post", "--id", "id", "--text", "words")).ExitCode);

    [Fact]
    public async Task Key_MadeOnTheCommandLine_OpensWhatItSays()
    {
        (int exitCode, string output, _) = await RunAsync("keys", "create", "platform", "--scope", "SubmitItems");

        Assert.Equal(0, exitCode);
        KeyAnswer answer = await _console.Use<AuthenticateApiKey>().RunAsync(output.Trim(), from: null, Cancel);
        Assert.Equal([Permission.SubmitItems], Assert.IsType<Caller>(answer.Program).Scopes);
        Assert.Equal(2, (await RunAsync("keys", "create")).ExitCode);
        Assert.Equal(2, (await RunAsync("keys", "create", "x", "--scope", "ManagePeople")).ExitCode);
    }

    private static int Number(JsonElement sum, string name) => sum.GetProperty(name).GetInt32();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) => ConsoleProcess.RunAsync(_console.DataDirectory, args);

    private async Task<string> FileAsync(string content)
    {
        string path = Path.Combine(_console.DataDirectory, "rows.csv");
        await File.WriteAllTextAsync(path, content, Cancel);
        return path;
    }
}
