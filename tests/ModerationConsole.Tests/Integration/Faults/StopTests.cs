using ModerationConsole.Tests.Support;
using System.Diagnostics;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>How the program ends when it is asked to, and what two of them do to the same data.</summary>
[Collection(FaultCollection.Name)]
public sealed class StopTests
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_AskedToEndAmidRequestsAndDeliveries_EndsInTimeWithAllThatWasAcknowledged()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { PauseMs = 50 });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] sending = [.. Enumerable.Range(0, 4).Select(sender => Task.Run(() => platform.SendAsync(sender, 10, enough.Token), Cancel))];
        await scene.NotedAsync("decided", 30);

        // From now on the platform leaves calls without an answer.
        TaskCompletionSource hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = scene.Receiver.Received.Count;
        scene.Receiver.Answer = context => hold.Task.WaitAsync(context.RequestAborted);
        await Patience.UntilAsync(() => scene.Receiver.Received.Count > calls);
        Stopwatch watch = Stopwatch.StartNew();
        server.Terminate();
        int code = await server.EndsAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((0, true), (code, watch.Elapsed < s_most));
        await enough.CancelAsync();
        await Task.WhenAll(sending);
        hold.SetResult();
        await AssertWholeAsync(scene, platform, scene.Journal);
    }

    [Fact]
    public async Task Programs_TwoOnTheSameData_WorkSideBySideWithoutStealingOrRepeating()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        string[] journals = [scene.Journal, scene.Journal + "2"];
        ConsoleServer[] servers =
        [
            .. await Task.WhenAll(journals.Select((journal, place) => scene.StartAsync(new Load(journal) { Seed = 1 + (place * 100), PauseMs = 80 }))),
        ];
        SendingPlatform[] platforms = [new(1) { Console = await servers[0].Address }, new(2) { Console = await servers[1].Address }];
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] sending = [.. platforms.Select(platform => Task.Run(() => platform.SendAsync(1, 40, enough.Token), Cancel))];

        await Patience.UntilAsync(() => journals.All(path => Journal.Read(path, "decided").Count >= 40));
        await enough.CancelAsync();
        await Task.WhenAll(sending);
        foreach (ConsoleServer server in servers)
        {
            server.Terminate();
            Assert.Equal(0, await server.EndsAsync(s_most));
        }

        foreach ((string id, long? number) in platforms[1].Items)
        {
            platforms[0].Items.TryAdd(id, number);
        }

        Assert.Empty(platforms[1].Wrong);
        await AssertWholeAsync(scene, platforms[0], journals);
        Array.ForEach(platforms, platform => platform.Dispose());
    }

    private static async Task AssertWholeAsync(FaultScene scene, SendingPlatform platform, params string[] journals)
    {
        await scene.StartAsync();
        await Aftermath.SettledAsync(scene);
        scene.Server.Terminate();
        Assert.Equal(0, await scene.Server.EndsAsync(s_most));
        Assert.Empty(await new Aftermath(scene, platform).ProblemsAsync(journals));
    }
}
