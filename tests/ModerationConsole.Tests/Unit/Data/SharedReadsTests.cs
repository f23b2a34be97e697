using System.Threading.Channels;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Unit.Data;

/// <summary>One read for all who ask at the same time.</summary>
public sealed class SharedReadsTests
{
    private readonly SharedReads<string, int> _reads = new();
    private readonly Channel<TaskCompletionSource<int>> _begun = Channel.CreateUnbounded<TaskCompletionSource<int>>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_WhileARead_IsUnderWay_GetsOneThatBeganAfterwards_TogetherWithOthers()
    {
        Task<int> first = AskAsync();
        Task<int>[] later = [AskAsync(), AskAsync(), AskAsync()];
        Assert.Equal(1, _begun.Reader.Count);

        await FinishAsync(1);

        Assert.Equal(1, await first);
        Assert.All(later, task => Assert.False(task.IsCompleted));
        await FinishAsync(2);
        int[] answers = await Task.WhenAll(later);
        Assert.All(answers, answer => Assert.Equal(2, answer));
        Assert.Equal(0, _begun.Reader.Count);
    }

    [Fact]
    public async Task Ask_AfterAllWasRead_ReadsAgain()
    {
        Task<int> first = AskAsync();
        await FinishAsync(1);
        Assert.Equal(1, await first);

        Task<int> second = AskAsync();
        await FinishAsync(2);

        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Ask_ForSomethingElse_WaitsForNobody()
    {
        _ = AskAsync();

        Task<int> other = _reads.GetAsync("other", () => Task.FromResult(7), Cancel);

        Assert.Equal(7, await other);
    }

    [Fact]
    public async Task Read_ThatFails_FailsForThoseWhoAsked_AndForNobodyAfter()
    {
        Task<int> first = AskAsync();
        Task<int> second = AskAsync();
        (await BegunAsync()).SetException(new InvalidOperationException("away"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await FinishAsync(2);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Waiting_Cancelled_LeavesTheReadToTheOthers()
    {
        using CancellationTokenSource leaving = new();
        _ = AskAsync();
        Task<int> gone = AskAsync(leaving.Token);
        Task<int> stays = AskAsync();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await FinishAsync(1);
        await FinishAsync(2);
        Assert.Equal(2, await stays);
    }

    private async Task<TaskCompletionSource<int>> BegunAsync() => await _begun.Reader.ReadAsync(Cancel);

    private async Task FinishAsync(int answer) => (await BegunAsync()).SetResult(answer);

    private Task<int> AskAsync(CancellationToken? leaving = null) => _reads.GetAsync(
        "case",
        () =>
        {
            TaskCompletionSource<int> reading = new();
            Assert.True(_begun.Writer.TryWrite(reading));
            return reading.Task;
        },
        leaving ?? Cancel);
}
