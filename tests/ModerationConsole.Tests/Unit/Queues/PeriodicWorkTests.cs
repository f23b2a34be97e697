using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Unit.Queues;

public sealed class PeriodicWorkTests
{
    [Fact]
    public async Task One_ThatFails_KeepsNoOtherFromItsTurnAndIsToldAfterwards()
    {
        List<int> done = [];

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => PeriodicWork.EachAsync(
            [1, 2, 3, 4],
            one =>
            {
                done.Add(one);
                return one is 2 or 3 ? throw new InvalidOperationException($"{one}") : Task.CompletedTask;
            },
            CancellationToken.None));

        Assert.Equal([1, 2, 3, 4], done);
        Assert.Equal("2", error.Message);
    }

    [Fact]
    public async Task All_WhenThePassIsBrokenOff_HaveNoTurnAnyMore()
    {
        using CancellationTokenSource stop = new();
        List<int> done = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PeriodicWork.EachAsync(
            [1, 2],
            one =>
            {
                done.Add(one);
                return stop.CancelAsync();
            },
            stop.Token));

        Assert.Equal([1], done);
    }
}
