using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>The verbs as an operator and a stranger run them.</summary>
public sealed class AuditVerbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_OfAWholeAudit_SaysSo_AndOfAChangedOneWhatIsWrong()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(20);
        await console.SealAsync();

        (int whole, string output, _) = await RunAsync(console, "audit", "verify");
        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = 8""");
        (int wrong, string findings, _) = await RunAsync(console, "audit", "verify");
        (int json, string line, _) = await RunAsync(console, "audit", "verify", "--from", "3", "--json");

        Assert.Equal((0, 1, 1), (whole, wrong, json));
        Assert.Contains("Verified 20 entries", output, StringComparison.Ordinal);
        Assert.Contains("entry 8 (leaf 7): the entry and its leaf do not fit", findings, StringComparison.Ordinal);
        JsonElement sum = JsonDocument.Parse(line).RootElement;
        Assert.Equal((17, 1), (sum.GetProperty("entries").GetInt32(), sum.GetProperty("wrong").GetInt32()));
        Assert.Equal("entryChanged", sum.GetProperty("findings")[0].GetProperty("fault").GetString());
        Assert.Equal(2, (await RunAsync(console, "audit", "verify", "--from", "-1")).ExitCode);
    }

    [Fact]
    public async Task Export_OfACase_IsCheckedWhereThereIsNoConsole()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());
        string file = Path.Combine(console.DataDirectory, "proof.json");
        DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("no-console-");
        try
        {
            Assert.Equal(0, (await RunAsync(console, "audit", "export", "--case", $"{about.Number}", "--out", file)).ExitCode);
            File.Move(file, Path.Combine(elsewhere.FullName, "proof.json"));
            string nowhere = Path.Combine(elsewhere.FullName, "data");

            (int exitCode, string output, _) = await ConsoleProcess.RunAsync(elsewhere.FullName, "audit", "check", "proof.json", $"--Data:Directory={nowhere}");
            (int json, string line, _) = await ConsoleProcess.RunAsync(elsewhere.FullName, "audit", "check", "proof.json", "--json");

            Assert.Equal((0, 0), (exitCode, json));
            Assert.Contains("The proof holds", output, StringComparison.Ordinal);
            Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("holds").GetBoolean());
            Assert.Equal(["proof.json"], elsewhere.EnumerateFileSystemInfos().Select(info => info.Name));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Export_ThatWasTamperedWith_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());
        string file = Path.Combine(console.DataDirectory, "proof.json");
        await RunAsync(console, "audit", "export", "--case", $"{about.Number}", "--out", file);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("\"TaskQueued\"", "\"CaseClosed\"", StringComparison.Ordinal), Cancel);

        (int exitCode, string output, _) = await RunAsync(console, "audit", "check", file);
        (int missing, _, string errors) = await RunAsync(console, "audit", "check", file + ".not");

        Assert.Equal((1, 1), (exitCode, missing));
        Assert.Contains("is not what was sealed at its place", output, StringComparison.Ordinal);
        Assert.Contains("cannot be read", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(console, "audit", "check")).ExitCode);
        Assert.Equal(1, (await RunAsync(console, "audit", "export", "--case", "999", "--out", file)).ExitCode);
        Assert.Equal(2, (await RunAsync(console, "audit", "export", "--case", "x", "--out", file)).ExitCode);
    }

    [Fact]
    public async Task Export_BetweenHeads_IsCheckedAgainstTheHeadThatWasKept()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(20);
        await console.SealAsync();
        string proof = Path.Combine(console.DataDirectory, "proof.json");
        string kept = Path.Combine(console.DataDirectory, "head.json");
        await File.WriteAllBytesAsync(kept, JsonSerializer.SerializeToUtf8Bytes(await console.Use<GetNewestHead>().RunAsync(Caller.System, Cancel), JsonSerializerOptions.Web), Cancel);
        await console.RecordAsync(40);
        await console.SealAsync();

        Assert.Equal(0, (await RunAsync(console, "audit", "export", "--from", "20", "--out", proof)).ExitCode);
        (int holds, string output, _) = await RunAsync(console, "audit", "check", proof, "--head", kept);
        (int plain, string line, _) = await RunAsync(console, "audit", "check", proof, "--json");

        Assert.Equal((0, 0), (holds, plain));
        Assert.Contains("begins with all 20 that the earlier head covered", output, StringComparison.Ordinal);
        Assert.Equal((20, 60), (JsonDocument.Parse(line).RootElement.GetProperty("from").GetInt32(), JsonDocument.Parse(line).RootElement.GetProperty("to").GetInt32()));
        await File.WriteAllTextAsync(kept, (await File.ReadAllTextAsync(kept, Cancel)).Replace("\"size\":20", "\"size\":19", StringComparison.Ordinal), Cancel);
        Assert.Equal(1, (await RunAsync(console, "audit", "check", proof, "--head", kept)).ExitCode);
        Assert.Equal(1, (await RunAsync(console, "audit", "export", "--from", "21", "--out", proof)).ExitCode);
        Assert.Equal(2, (await RunAsync(console, "audit", "export", "--case", "1", "--from", "20", "--out", proof)).ExitCode);
        Assert.Equal(2, (await RunAsync(console, "audit", "export", "--from", "20")).ExitCode);
    }

    [Fact]
    public async Task Key_RotatedOnTheCommandLine_SignsTheNextHeadOfARunningConsole()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();

        (int exitCode, string output, _) = await RunAsync(console, "audit", "rotate-key");
        await console.SealAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(output.Trim(), (await console.HeadsAsync())[^1].KeyId);
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestConsole console, params string[] args) =>
        ConsoleProcess.RunAsync(console.DataDirectory, args);
}
