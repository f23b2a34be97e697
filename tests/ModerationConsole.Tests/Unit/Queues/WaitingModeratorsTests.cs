using Microsoft.Extensions.Logging.Abstractions;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Queues;

public sealed class WaitingModeratorsTests : IAsyncLifetime
{
    private static readonly Guid s_queue = Guid.CreateVersion7();

    private readonly CaseFeed _feed = new();
    private readonly FakeClock _clock = new();
    private readonly WaitingModerators _line;

    public WaitingModeratorsTests() => _line = new WaitingModerators(_feed, new NodeState(), _clock, NullLogger<WaitingModerators>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _line.StartAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _line.StopAsync(CancellationToken.None);
        _line.Dispose();
    }

    [Fact]
    public async Task QueuedTask_SeveralWaiting_GoesToTheOneThatWaitedLongestAndWakesNobodyElse()
    {
        Desk first = Join();
        Desk second = Join();

        Queue();
        await first.Asked.Task.WaitAsync(Cancel);
        first.Leave();
        Queue();
        await second.Asked.Task.WaitAsync(Cancel);

        Assert.Equal((1, 1), (first.Times, second.Times));
    }

    [Fact]
    public async Task QueuedTask_FirstMayNotTakeIt_IsOfferedToTheNext()
    {
        Desk first = Join(takes: false);
        Desk second = Join();

        Queue();

        await second.Asked.Task.WaitAsync(Cancel);
        Assert.Equal(1, first.Times);
    }

    [Fact]
    public async Task QueuedTask_FirstDeskFails_IsOfferedToTheNext()
    {
        _line.Join(new HashSet<Guid> { s_queue }, () => throw new ObjectDisposedException("page"));
        Desk second = Join();

        Queue();

        await second.Asked.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task QueuedTask_FirstDeskHangs_IsOfferedToTheNextAfterAWhile()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<bool> never = new();
        _line.Join(new HashSet<Guid> { s_queue }, () =>
        {
            asked.SetResult();
            return never.Task;
        });
        Desk second = Join();

        Queue();
        await asked.Task.WaitAsync(Cancel);
        while (!second.Asked.Task.IsCompleted)
        {
            // The wait begins a moment after the desk was asked, so the clock is moved until it is over.
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Equal(1, second.Times);
    }

    [Fact]
    public async Task QueuedTask_OfAnotherQueueOrAfterLeaving_IsNotOffered()
    {
        Desk elsewhere = Join(queue: Guid.CreateVersion7());
        Desk gone = Join();
        Desk last = Join();
        gone.Leave();

        Queue();

        await last.Asked.Task.WaitAsync(Cancel);
        Assert.Equal((0, 0), (elsewhere.Times, gone.Times));
    }

    private void Queue() => _feed.Publish([new OutboxEvent { Kind = LiveKind.CaseQueued, QueueId = s_queue }]);

    private Desk Join(bool takes = true, Guid? queue = null)
    {
        Desk desk = new(takes);
        desk.Place = _line.Join(new HashSet<Guid> { queue ?? s_queue }, desk.TryTakeAsync);
        return desk;
    }

    private sealed class Desk(bool takes)
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Times { get; private set; }

        public IDisposable? Place { get; set; }

        public void Leave() => Place?.Dispose();

        public Task<bool> TryTakeAsync()
        {
            Times++;
            Asked.TrySetResult();
            return Task.FromResult(takes);
        }
    }
}
