using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What the console says and does while its database server is not there. Each test has a server of its own, to stop it.</summary>
public sealed class FailingDatabaseTests : IAsyncLifetime
{
    private readonly SeparatePostgresServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Server_StoppedAndStartedAgain_IsToldByHealthAndTheNodeGoesOn()
    {
        await using WebConsole console = await WebConsole.StartAsync(await SettingsAsync());
        NodeState state = (NodeState)console.Services.GetService(typeof(NodeState))!;
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(console)).Status);

        await _server.StopAsync();
        await Patience.UntilAsync(() => !state.DatabaseAnswers);
        (HttpStatusCode status, JsonElement answer) = await ReadyAsync(console);
        using HttpResponseMessage live = await console.Client.GetAsync("/health/live", Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready", HttpStatusCode.OK), (status, answer.GetProperty("status").GetString(), live.StatusCode));

        await _server.StartAsync();
        await Patience.UntilAsync(() => state.DatabaseAnswers);
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(console)).Status);
        await console.KeyAsync(Core.Access.Permission.SubmitItems);
    }

    [Fact]
    public async Task Start_BeforeTheServerIsUp_WaitsForIt()
    {
        await using TestConsole console = await TestConsole.StartAsync(new(await SettingsAsync()) { ["Database:WritePatienceSeconds"] = "0" });
        LogLines<MigrateDatabase> lines = new();
        LogLines<EnsureRoles> later = new();
        MigrateDatabase migrate = new(console.Contexts, console.Get<DatabaseOptions>(), console.Clock, lines);
        EnsureRoles roles = new(console.Writes, console.Get<DatabaseOptions>(), later);
        await _server.StopAsync();

        Task<int> starting = migrate.RunAsync(Cancel);
        // It went away when the migration was over.
        Task goingOn = roles.StartAsync(Cancel);
        await Patience.UntilAsync(() => later.Said.Any(line => line.Contains("waiting for it", StringComparison.Ordinal)));
        await Patience.UntilAsync(() => lines.Said.Any(line => line.Contains("waiting for it", StringComparison.Ordinal)));
        Assert.False(starting.IsCompleted);
        await _server.StartAsync();
        await Patience.UntilAsync(() =>
        {
            console.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return starting.IsCompleted;
        });

        Assert.Equal(0, await starting);
        await goingOn;
    }

    [Fact]
    public async Task Start_WhereNoServerEverComes_EndsWithTheSettingThatNamesIt()
    {
        Dictionary<string, string?> settings = await SettingsAsync();
        await _server.StopAsync();
        await using ConsoleProcess process = Start(settings, "1");

        (int exitCode, _, string errors) = await process.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("ConnectionStrings:Console cannot be reached", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        await _server.StartAsync();
    }

    [Fact]
    public async Task Server_ThatStaysAwayLongerThanWritesWait_IsAskedOnceForAllThatWait()
    {
        await using TestConsole console = await TestConsole.StartAsync(new(await SettingsAsync()) { ["Database:WritePatienceSeconds"] = "3" });
        Counted contexts = new(console.Contexts);
        WriteGroup group = Group(console, contexts);
        WriteOperation<int>[] first = Operations(8);
        WriteOperation<int>[] behind = Operations(8);
        await _server.StopAsync();

        await group.RunAsync(WriteLane.General, first);
        int triesOfTheFirst = contexts.Made;
        await group.RunAsync(WriteLane.General, behind);

        // It was tried again for as long as they wait; whoever came at the same time has no patience left when it is their turn.
        Assert.InRange(triesOfTheFirst, 2, 24);
        Assert.Equal(1, contexts.Made - triesOfTheFirst);
        foreach (WriteOperation<int> operation in first.Concat(behind))
        {
            Exception error = await Assert.ThrowsAnyAsync<Exception>(() => operation.Completion);
            Assert.True(Unreachable.Is(error), error.ToString());
        }

        await _server.StartAsync();
        WriteOperation<int> later = Operations(1)[0];
        await group.RunAsync(WriteLane.General, [later]);
        Assert.Equal(0, await later.Completion);
    }

    [Fact]
    public async Task OneOfAGroup_ForWhichAServerThatIsThereTakesTooLong_FailsAlone()
    {
        await using TestConsole console = await TestConsole.StartAsync(new(await SettingsAsync()) { ["Database:WritePatienceSeconds"] = "0" });
        WriteGroup group = Group(console, console.Contexts);
        WriteOperation<int> slow = new((_, _) => throw new TimeoutException(), Cancel);
        WriteOperation<int>[] others = Operations(4);

        await group.RunAsync(WriteLane.General, [others[0], slow, .. others[1..]]);

        await Assert.ThrowsAsync<TimeoutException>(() => slow.Completion);
        int[] outcomes = await Task.WhenAll(others.Select(operation => operation.Completion));
        Assert.Equal([0, 1, 2, 3], outcomes);
    }

    [Fact]
    public async Task NodeToldToEnd_SaysSoBeforeItStopsAnswering()
    {
        await using WebConsole console = await WebConsole.StartAsync(new(await SettingsAsync()) { ["Node:DrainSeconds"] = "10" });
        IHostApplicationLifetime lifetime = (IHostApplicationLifetime)console.Services.GetService(typeof(IHostApplicationLifetime))!;
        Stopwatch watch = Stopwatch.StartNew();
        lifetime.StopApplication();

        JsonElement answer = default;
        HttpStatusCode status = HttpStatusCode.OK;
        while (status == HttpStatusCode.OK && watch.Elapsed < TimeSpan.FromSeconds(8))
        {
            (status, answer) = await ReadyAsync(console);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "ok"), (status, answer.GetProperty("checks").GetProperty("database").GetString()));
        Assert.StartsWith("about to end", answer.GetProperty("checks").GetProperty("node").GetString(), StringComparison.Ordinal);
        Assert.False(lifetime.ApplicationStopped.IsCancellationRequested);
    }

    private static WriteGroup Group(TestConsole console, IDbContextFactory<ConsoleDbContext> contexts) =>
        ActivatorUtilities.CreateInstance<WriteGroup>(console.Services, contexts);

    private static WriteOperation<int>[] Operations(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new WriteOperation<int>((scope, _) => Task.FromResult(i), Cancel))];

    private static ConsoleProcess Start(Dictionary<string, string?> settings, string patience) => ConsoleProcess.Start(
        Directory.CreateTempSubdirectory("waiting-").FullName,
        ["migrate", .. settings.Select(setting => $"--{setting.Key}={setting.Value}"), $"--Database:StartPatienceSeconds={patience}"]);

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> ReadyAsync(WebConsole console)
    {
        using HttpResponseMessage ready = await console.Client.GetAsync("/health/ready", Cancel);
        return (ready.StatusCode, await ready.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    private async Task<Dictionary<string, string?>> SettingsAsync() => new()
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:Console"] = await _server.DatabaseAsync(),
    };

    private sealed class Counted(IDbContextFactory<ConsoleDbContext> contexts) : IDbContextFactory<ConsoleDbContext>
    {
        public int Made { get; private set; }

        public ConsoleDbContext CreateDbContext()
        {
            Made++;
            return contexts.CreateDbContext();
        }
    }
}
