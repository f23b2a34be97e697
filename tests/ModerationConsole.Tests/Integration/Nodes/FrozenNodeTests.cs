using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Integration.Faults;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Two programs as processes of their own on one server, one of which hangs and comes back.</summary>
[Collection(FaultCollection.Name)]
public sealed class FrozenNodeTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly string[] s_duties = [NodeDuties.Sealing, NodeDuties.Periodic, NodeDuties.Upkeep, NodeDuties.Intake, NodeDuties.Retention];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NodeThatHangs_LosesItsDutiesToTheOther_AndTakesNoneBackWhenItWakes()
    {
        string database = await postgres.DatabaseAsync();
        string root = Directory.CreateTempSubdirectory("frozen-").FullName;
        Dictionary<string, string> settings = new() { ["Database:Provider"] = "PostgreSql", ["ConnectionStrings:Console"] = database };
        await using TestConsole watcher = await TestConsole.StartAsync(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        await using ConsoleServer first = await ConsoleServer.StartAsync(new ServerPlan(root) { Settings = settings });
        await HoldersAsync(watcher, holders => holders.All(node => node.EndsWith($":{first.Id}", StringComparison.Ordinal)));
        await using ConsoleServer second = await ConsoleServer.StartAsync(new ServerPlan(root) { Settings = settings });

        first.Freeze();
        Stopwatch watch = Stopwatch.StartNew();
        await HoldersAsync(watcher, holders => holders.All(node => node.EndsWith($":{second.Id}", StringComparison.Ordinal)));
        TestContext.Current.TestOutputHelper?.WriteLine($"taken over after {watch.Elapsed.TotalSeconds:0.0} s");
        await watcher.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged, subject: "while it hangs")));
        await Patience.UntilAsync(async () => await watcher.CountAsync<AuditUnsealed>() == 0);

        first.Thaw();
        await Patience.UntilAsync(() => Task.FromResult(first.Said.Contains("Another node has taken 'sealing' over", StringComparison.Ordinal)));
        await HoldersAsync(watcher, holders => holders.All(node => node.EndsWith($":{second.Id}", StringComparison.Ordinal)));
        Assert.False(first.HasExited);
    }

    private static async Task HoldersAsync(TestConsole watcher, Func<string[], bool> areSo)
    {
        await Patience.UntilAsync(async () =>
        {
            string[] holders = await watcher.ReadAsync(db => db.Set<NodeLease>().Where(row => !row.Name.StartsWith("node:")).Select(row => row.Node).ToArrayAsync(Cancel));
            return holders.Length == s_duties.Length && areSo(holders);
        });
    }
}
