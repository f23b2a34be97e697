using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>What is like the case on the screen, as the desk has it.</summary>
public sealed class StackDeskTests : DeskSessionTest
{
    private const string Offer = "We sell cheap followers and likes for every network, write us today and start to grow";

    [Fact]
    public async Task Case_WithCopies_HasThemWithIt_AndAllAreDecidedAtOnce()
    {
        DeskSession desk = await WithCopiesAsync(3);
        Assert.Equal((2, 2), (desk.Stack.Count, desk.Included.Count));

        desk.Choose(Verdict.Allow);
        await desk.DecideAllAsync(desk.Case!.TaskNumber, desk.Case.Fence);

        Assert.Equal(DeskMode.Waiting, desk.Mode);
        Assert.Empty(desk.Stack);
        Assert.Equal(3, await Room.Console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
        Assert.Contains("and 2 more decided: allow.", Room.Status(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_DecidesOnlyTheOneOnTheScreen_AndTheRestComesNext()
    {
        DeskSession desk = await WithCopiesAsync(3);
        long shown = desk.Case!.TaskNumber;

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.NotEqual(shown, desk.Case!.TaskNumber);
        Assert.Single(desk.Stack);
        Assert.Equal(1, await Room.Console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Member_ThatChanged_IsLeftOutUntilThePersonTakesItIn()
    {
        DeskSession desk = await WithCopiesAsync(3);
        Core.Decisions.Stacks.StackMember member = desk.Stack[0];
        await Room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == member.CaseNumber, Cancel)).Severity = Core.Policies.Severity.High;
            Core.Live.Outbox.Publish(scope, Core.Live.LiveKind.CaseChanged, member.CaseNumber, state: "Open");
            return 0;
        });
        await Room.TellAsync();
        await DeskRoom.UntilAsync(desk, shown => shown.Included.Count == 1);
        Assert.True(desk.HasChanged(desk.Stack[0]));

        desk.Include(desk.Stack[0], included: true);
        desk.Choose(Verdict.Allow);
        await desk.DecideAllAsync(desk.Case!.TaskNumber, desk.Case.Fence);

        Assert.Equal(3, await Room.Console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Undo_PutsTheWholeStackOnTheScreenAgain()
    {
        DeskSession desk = await WithCopiesAsync(3);
        long shown = desk.Case!.TaskNumber;
        desk.Choose(Verdict.Allow);
        await desk.DecideAllAsync(desk.Case.TaskNumber, desk.Case.Fence);

        await desk.UndoAsync();

        Assert.Equal((shown, 2), (desk.Case!.TaskNumber, desk.Stack.Count));
        Assert.Equal("Taken back, and 2 more with it. Nothing was sent.", Room.Status(desk));
    }

    private async Task<DeskSession> WithCopiesAsync(int count)
    {
        Caller person = await Room.Console.PersonAsync();
        CaseQueue queue = await Room.Console.QueueAsync([person]);
        for (int i = 0; i < count; i++)
        {
            (Case about, _) = await Room.Console.CaseAsync(queue, Offer);
            await Room.Console.WriteAsync(async scope =>
            {
                ItemVersion item = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, Cancel);
                (item.TextKey, item.TextHash) = (TextLikeness.Of(Offer)!.Value.Key, TextLikeness.Of(Offer)!.Value.Hash);
                return 0;
            });
        }

        await Room.Console.Get<FollowLikeness>().RebuildAsync(Cancel);
        DeskSession desk = await Room.SitAsync(person);
        await desk.BeginAsync();
        return desk;
    }
}
