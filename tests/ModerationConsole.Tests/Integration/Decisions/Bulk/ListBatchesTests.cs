using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

public sealed class ListBatchesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnBatches_AreListedTheNewestFirst_WithWhatCanBeTakenBack()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(5);
        BatchView first = await room.RunAsync(BulkRoom.Allow, cases.Take(3).Select(pair => pair.Case.Number));
        BatchView second = await room.RunAsync(BulkRoom.Close, [cases[3].Case.Number]);
        await room.TakeBackAsync(second.Number);
        long third = (await room.ProposeAsync(room.Move, [cases[4].Case.Number])).Number!.Value;

        IReadOnlyList<BatchSummary> listed = await room.Console.Use<ListBatches>().RunAsync(room.Lead, Cancel);

        Assert.Equal(
            [(third, BulkAct.Move, BatchState.Proposed, 1, 0), (second.Number, BulkAct.Close, BatchState.TakenBack, 1, 0), (first.Number, BulkAct.Decide, BatchState.Done, 3, 3)],
            listed.Select(row => (row.Number, row.Act, row.State, row.Cases, row.Done)));
    }

    [Fact]
    public async Task BatchesOfOthers_AreNotListed()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(1);
        await room.RunAsync(BulkRoom.Allow);
        Caller other = await room.Console.PersonAsync(Roles.Lead);

        Assert.Empty(await room.Console.Use<ListBatches>().RunAsync(other, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ListBatches>().RunAsync(room.Moderator, Cancel));
    }
}
