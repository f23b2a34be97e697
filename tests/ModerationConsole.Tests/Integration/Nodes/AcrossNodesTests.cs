using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>People at different nodes work as if there were one.</summary>
public sealed class AcrossNodesTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Item_ArrivingAtOneNode_IsTakenByTheDeskThatWaitsAtAnother()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        Caller person = await room.One.PersonAsync();
        CaseQueue queue = await room.One.QueueAsync([person]);
        // The other node's clock stands still: nothing there is found by a poll.
        await using Live live = await Live.StartAsync(room.One.Get<OutboxListener>(), room.Other.Get<OutboxListener>(), room.Other.Get<WaitingModerators>());
        await room.Other.Get<OutboxTail>().RunOnceAsync(Cancel);
        await live.AddAsync(room.Other.Get<OutboxTail>());
        TaskCompletionSource<ClaimResult> claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable place = room.Other.Get<WaitingModerators>().Join(new HashSet<Guid> { queue.Id }, async () =>
        {
            claimed.TrySetResult(await room.Other.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel));
            return true;
        });

        (_, ReviewTask task) = await room.One.CaseAsync(queue);

        ClaimResult result = await claimed.Task.WaitAsync(s_patience, Cancel);
        Assert.Equal(task.Number, result.Task?.TaskNumber);
    }

    [Fact]
    public async Task NodeThatLeaves_OffersNoTaskToItsDesks()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseFeed feed = console.Get<CaseFeed>();
        WaitingModerators line = console.Get<WaitingModerators>();
        await line.StartAsync(Cancel);
        Guid[] queues = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        List<Guid> asked = [];
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable first = line.Join(new HashSet<Guid> { queues[0] }, () =>
        {
            asked.Add(queues[0]);
            second.TrySetResult();
            return Task.FromResult(true);
        });
        feed.Publish([new OutboxEvent { Kind = LiveKind.CaseQueued, QueueId = queues[0] }]);
        await second.Task.WaitAsync(s_patience, Cancel);

        console.Get<NodeState>().Leave();
        feed.Publish([new OutboxEvent { Kind = LiveKind.CaseQueued, QueueId = queues[0] }]);
        await line.StopAsync(Cancel);

        Assert.Single(asked);
    }

    [Fact]
    public async Task ChangesMissed_EachWaitingDeskIsOfferedOnce()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        WaitingModerators line = console.Get<WaitingModerators>();
        await line.StartAsync(Cancel);
        TaskCompletionSource offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable place = line.Join(new HashSet<Guid> { Guid.CreateVersion7() }, () =>
        {
            offered.TrySetResult();
            return Task.FromResult(false);
        });

        console.Get<CaseFeed>().PublishMissed(console.Clock.GetUtcNow());

        await offered.Task.WaitAsync(s_patience, Cancel);
        await line.StopAsync(Cancel);
    }

    /// <summary>Services that run until the test ends.</summary>
    private sealed class Live : IAsyncDisposable
    {
        private readonly List<IHostedService> _running = [];

        public static async Task<Live> StartAsync(params IHostedService[] services)
        {
            Live live = new();
            foreach (IHostedService service in services)
            {
                await live.AddAsync(service);
            }

            return live;
        }

        public async Task AddAsync(IHostedService service)
        {
            await service.StartAsync(Cancel);
            _running.Add(service);
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(s_patience);
            while (service is OutboxListener { IsListening: false })
            {
                await Task.Delay(10, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (IHostedService service in Enumerable.Reverse(_running))
            {
                await service.StopAsync(CancellationToken.None);
            }
        }
    }
}
