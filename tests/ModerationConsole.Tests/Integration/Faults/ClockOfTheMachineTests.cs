using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>The time of day is set back an hour under the running program, and forward again.</summary>
[Collection(FaultCollection.Name)]
public sealed class ClockOfTheMachineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_SetBackAnHourUnderTheProgram_KeepsNobodyFromWorkingAndLosesNothing()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        string clock = Path.Combine(scene.Root, "clock");
        Load load = new(scene.Journal) { Moderators = 8, PauseMs = 60, Clock = clock };
        ConsoleServer server = await scene.StartAsync(load);
        using SendingPlatform platform = new(1) { Console = await server.Address };
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] sending = [.. Enumerable.Range(0, 2).Select(sender => Task.Run(() => platform.SendAsync(sender, 20, enough.Token), Cancel))];
        await scene.NotedAsync("decided", 15);

        long last = await scene.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Number, Cancel));
        DateTimeOffset earlier = TimeProvider.System.GetUtcNow().AddMinutes(-30);
        ShiftedClock.Set(clock, -3_600);
        await scene.UntilAsync("entries carry the earlier time", db => db.Set<AuditEntry>().AnyAsync(row => row.Number > last && row.At < earlier, Cancel));
        int decided = Journal.Read(scene.Journal, "decided").Count;
        int told = scene.Receiver.Received.Count;
        long signed = await NewestHeadAsync(scene);
        await scene.NotedAsync("decided", decided + 15);
        await scene.UntilAsync("the platform is told", _ => Task.FromResult(scene.Receiver.Received.Count > told + 2));
        await scene.UntilAsync("heads are signed", async db => await db.Set<AuditTreeHead>().MaxAsync(head => head.Size, Cancel) > signed);

        // Whoever held a task when the program died has left it, by a clock that is an hour behind.
        await enough.CancelAsync();
        await Task.WhenAll(sending);
        platform.Console = null;
        server.Kill();
        await server.EndsAsync();
        await scene.StartAsync(load with { Moderators = 0 });
        await scene.UntilAsync("no lease is held", async db => !await db.Set<ActiveLease>().AnyAsync(Cancel));

        ShiftedClock.Set(clock, 0);
        await Aftermath.SettledAsync(scene);
        scene.Server.Terminate();
        Assert.Equal(0, await scene.Server.EndsAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(await new Aftermath(scene, platform).ProblemsAsync(scene.Journal));
    }

    private static Task<long> NewestHeadAsync(FaultScene scene) => scene.ReadAsync(db => db.Set<AuditTreeHead>().MaxAsync(head => head.Size, Cancel));
}
