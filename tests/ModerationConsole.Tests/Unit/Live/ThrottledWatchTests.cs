using System.Threading.Channels;
using ModerationConsole.Core.Live;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Live;

public sealed class ThrottledWatchTests
{
    private readonly FakeClock _clock = new();
    private readonly CaseFeed _feed = new();
    private readonly Channel<long[]> _batches = Channel.CreateUnbounded<long[]>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstChange_IsHandedOnAtOnce_TheRestTogetherAfterTheInterval()
    {
        using ThrottledWatch watch = Watch();
        Publish(1);
        Assert.Equal([1], await NextAsync());

        Publish(2);
        Publish(3);
        Assert.False(_batches.Reader.TryRead(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(_batches.Reader.TryRead(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([2, 3], await NextAsync());
    }

    [Fact]
    public async Task SteadyStream_OneSecond_AtMostSixBatchesAndNothingLost()
    {
        using ThrottledWatch watch = Watch();
        List<long> seen = [];
        int batches = 0;
        for (long number = 1; number <= 100; number++)
        {
            Publish(number);
            if (number == 1)
            {
                seen.AddRange(await NextAsync());
                batches++;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(10));
            if (number % 20 == 0)
            {
                seen.AddRange(await NextAsync());
                batches++;
            }
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), seen);
        Assert.Equal(6, batches);
        Assert.False(_batches.Reader.TryRead(out _));
    }

    [Fact]
    public async Task SlowHandler_ChangesMeanwhile_ComeInOneBatchAfterwards()
    {
        TaskCompletionSource began = new();
        TaskCompletionSource slow = new();
        int running = 0;
        int most = 0;
        using ThrottledWatch watch = new(_feed, _ => true, async events =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (events[0].Sequence == 1)
            {
                began.SetResult();
                await slow.Task;
            }

            Interlocked.Decrement(ref running);
            await _batches.Writer.WriteAsync([.. events.Select(change => change.Sequence)], Cancel);
        }, _clock);

        Publish(1);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Publish(2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Publish(3);
        slow.SetResult();
        Assert.Equal([1], await NextAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([2, 3], await NextAsync());
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Disposed_HearsNothingMore()
    {
        ThrottledWatch watch = Watch();
        Publish(1);
        await NextAsync();
        Publish(2);
        watch.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Publish(3);
        Assert.False(_batches.Reader.TryRead(out _));
    }

    private ThrottledWatch Watch() => new(
        _feed, _ => true, events => _batches.Writer.WriteAsync([.. events.Select(change => change.Sequence)], Cancel).AsTask(), _clock);

    private void Publish(long sequence) => _feed.Publish([new OutboxEvent { Sequence = sequence, Kind = LiveKind.CaseChanged }]);

    private async Task<List<long>> NextAsync()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        return [.. await _batches.Reader.ReadAsync(limit.Token)];
    }
}
