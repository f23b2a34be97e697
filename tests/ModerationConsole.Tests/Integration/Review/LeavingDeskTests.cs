using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>Ways in which a case leaves the desk: given back, taken away, or lost.</summary>
public sealed class LeavingDeskTests : DeskSessionTest
{
    [Fact]
    public async Task TimeRanOut_BeforeSubmitting_IsExplainedAndTheTextKept()
    {
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["reason"] = "Because." });
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(121));

        await SubmitAsync(desk);

        Assert.Equal(DeskMode.Left, desk.Mode);
        Assert.Equal(("This case went back to the queue. Your text is kept.", "Because."), (desk.Left!.What, desk.Left.Reason));
        Assert.Null(desk.Case);
        await desk.BeginAsync();
        Assert.Equal((task.Number, "Because."), (desk.Case!.TaskNumber, desk.Form!.Reason.Text));
    }

    [Fact]
    public async Task CaseTakenAway_WhileItIsOnTheScreen_IsExplainedInPlace()
    {
        Caller lead = await Room.Console.PersonAsync(Core.People.Roles.Lead);
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        await Room.TellAsync();

        await Room.Console.Use<RevokeLease>().RunAsync(lead, task.Number, forAnother: true, Cancel);
        await TellLaterAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Mode == DeskMode.Left);
        Assert.Equal("This case went back to the queue. Your text is kept.", desk.Left!.What);
    }

    [Fact]
    public async Task ItemGoneAtItsSource_WhileItIsOnTheScreen_IsExplainedInPlace()
    {
        (Core.Cases.Case about, _) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        await Room.TellAsync();

        await Room.Console.Use<WithdrawCase>().RunAsync(Caller.System, about.Number, Cancel);
        await TellLaterAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Mode == DeskMode.Left);
        Assert.Equal("This item is gone at its source. There is nothing left to decide.", desk.Left!.What);
    }

    [Fact]
    public async Task Undo_BesideOtherWords_SaysWhichDecisionItTakesBack()
    {
        await Room.Console.CaseAsync(Queue);
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        string decided = CaseWords.Title(desk.Case!);
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        Assert.StartsWith(desk.Undo!.Said, Room.Status(desk), StringComparison.Ordinal);

        await desk.SkipAsync(desk.Case!.TaskNumber, desk.Case.Fence);

        Assert.DoesNotContain(desk.Undo!.Said, Room.Status(desk), StringComparison.Ordinal);
        Assert.Equal(decided, desk.Undo.Of);
        await desk.TakeBreakAsync();
        Assert.Equal("", Room.Status(desk));
    }

    [Fact]
    public async Task Skip_DrawsTheNext_AndStopDrawsNothing()
    {
        (_, ReviewTask first) = await Room.Console.CaseAsync(Queue);
        (_, ReviewTask second) = await Room.Console.CaseAsync(Queue);
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();

        await desk.SkipAsync(first.Number, desk.Case!.Fence);
        Assert.Equal(second.Number, desk.Case!.TaskNumber);
        await desk.StopAsync(second.Number, desk.Case.Fence);

        Assert.Equal((DeskMode.Idle, true), (desk.Mode, desk.Stopped));
        Assert.Null(desk.Case);
        Assert.Equal([TaskState.Waiting, TaskState.Waiting], [await StateAsync(first), await StateAsync(second)]);
    }

    [Fact]
    public async Task Break_GivesTheCaseBack_AndHoldsInEveryWindow()
    {
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession one = await BeginAsync();
        DeskSession other = await Room.SitAsync(Someone);
        await Room.TellAsync();

        await one.TakeBreakAsync();
        await TellLaterAsync();

        await DeskRoom.UntilAsync(other, shown => shown.Mode == DeskMode.Resting);
        Assert.Equal((DeskMode.Resting, Core.Wellbeing.RestKind.Break), (one.Mode, one.Rest));
        Assert.Equal(TaskState.Waiting, await StateAsync(task));
    }

    [Fact]
    public async Task LostLine_GivesGraceAndAWaitingDeskNothing()
    {
        DeskSession desk = await BeginAsync();
        await desk.LineLostAsync();
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        await Room.TellAsync();
        Assert.Equal(DeskMode.Waiting, desk.Mode);

        await desk.LineBackAsync();

        Assert.Equal(task.Number, desk.Case!.TaskNumber);
    }
}
