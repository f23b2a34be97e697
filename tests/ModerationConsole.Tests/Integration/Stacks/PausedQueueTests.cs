using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

public sealed class PausedQueueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_ThatWaitInAPausedQueue_DoNotComeWithTheTaskOnTheScreen()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        CaseQueue paused = await room.Console.QueueAsync([room.Person]);
        ReviewTask shown = await room.PostAsync();
        ReviewTask copy = await room.PostAsync();
        ReviewTask waits = await room.PostAsync(queue: paused);
        Assert.Equal(PauseOutcome.Paused, await room.Console.Use<PauseQueue>().RunAsync(lead, paused.Id, TimeSpan.FromHours(1), null, Cancel));

        (LeasedTask drawn, int members) = await room.DrawAsync();

        Assert.Equal((shown.Number, 1), (drawn.TaskNumber, members));
        Assert.Equal(copy.Number, Assert.Single(await room.LeasesAsync(), lease => lease.Slot == LeaseSlot.Stack).TaskNumber);
        Assert.Equal([waits.Number], await room.WaitingAsync());
    }
}
