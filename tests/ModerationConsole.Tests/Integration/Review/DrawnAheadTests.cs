using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>The case that comes next is drawn while this one is read, and goes back when nobody will look at it.</summary>
public sealed class DrawnAheadTests : DeskSessionTest
{
    private readonly List<ReviewTask> _tasks = [];

    [Fact]
    public async Task Submit_ShowsTheOneDrawnAhead_AndDrawsAnother()
    {
        DeskSession desk = await WithTasksAsync(4);
        Assert.Equal(_tasks[1].Number, desk.TaskAhead);

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal((_tasks[1].Number, _tasks[1].Number), (desk.Case!.TaskNumber, (await ShownAsync()).TaskNumber));
        await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead == _tasks[2].Number);
        Assert.Equal(2, await Room.Console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task HandlingTime_OfTheOneDrawnAhead_CountsFromWhenItIsShown()
    {
        DeskSession desk = await WithTasksAsync(3);
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(30));
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(5));

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal([30, 5], await Room.Console.ReadAsync(db => db.Set<Decision>().OrderBy(row => row.Id).Select(row => row.HandlingSeconds).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task VerdictOnTheSameAuthor_AfterItWasReadAhead_IsToldOnceItIsDrawn()
    {
        DeskSession desk = await WithTasksAsync(3);

        desk.Choose(Verdict.Violation);
        await SubmitAsync(desk);

        Assert.Equal(_tasks[1].Number, desk.Case!.TaskNumber);
        await DeskRoom.UntilAsync(desk, shown => shown.Case!.Author!.Violations == 1);
    }

    [Fact]
    public async Task NobodyTouchesThePageForAMinute_WhatIsAheadGoesBack_AndIsDrawnAgainWhenTheyDo()
    {
        DeskSession desk = await WithTasksAsync(3);

        await desk.QuietAsync();
        Assert.Equal((null, DeskMode.Working), (desk.TaskAhead, desk.Mode));
        Assert.Equal(TaskState.Waiting, await StateAsync(_tasks[1]));
        await desk.HeartbeatAsync(activeLately: true);
        Assert.Equal(TaskState.Waiting, await StateAsync(_tasks[1]));

        desk.Here();
        await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead == _tasks[1].Number);
    }

    [Fact]
    public async Task LineLostForAMinute_WhatIsAheadGoesBack_WhatIsShownStays()
    {
        DeskSession desk = await WithTasksAsync(3);

        await desk.LineLostAsync();
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(61));

        await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead is null);
        await UntilWaitingAsync(_tasks[1]);
        Assert.Equal(TaskState.Leased, await StateAsync(_tasks[0]));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("break")]
    [InlineData("closed page")]
    [InlineData("signed out")]
    public async Task Leaving_GivesBackWhatIsAhead_AndItMayComeAgain(string how)
    {
        DeskSession desk = await WithTasksAsync(3);

        await (how switch
        {
            "stop" => desk.StopAsync(desk.Case!.TaskNumber, desk.Case.Fence),
            "break" => desk.TakeBreakAsync(),
            "closed page" => desk.DisposeAsync().AsTask(),
            _ => Room.Console.Use<SignOut>().RunAsync(Someone, null, Cancel),
        });

        Assert.Equal(TaskState.Waiting, await StateAsync(_tasks[1]));
        Assert.False(await Room.Console.ReadAsync(db => db.Set<TaskExclusion>().AnyAsync(row => row.TaskNumber == _tasks[1].Number, Cancel)));
    }

    [Fact]
    public async Task Undo_WhatWasOnTheScreenBecomesTheSpare_AndTheFormerSpareGoesBack()
    {
        DeskSession desk = await WithTasksAsync(4);
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead == _tasks[2].Number);
        desk.Typed(new Dictionary<string, string> { ["note"] = "Half a note" });

        await desk.UndoAsync();

        Assert.Equal(_tasks[0].Number, desk.Case!.TaskNumber);
        await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead == _tasks[1].Number);
        Assert.Equal(TaskState.Waiting, await StateAsync(_tasks[2]));
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        Assert.Equal((_tasks[1].Number, "Half a note"), (desk.Case!.TaskNumber, desk.Form!.Note.Text));
    }

    [Fact]
    public async Task SpareThatThePersonMayNoLongerHave_IsNeverOnTheScreen()
    {
        DeskSession desk = await WithTasksAsync(3, language: "fr");
        (_, ReviewTask english) = await Room.Console.CaseAsync(Queue, language: "en");
        await Room.Console.WriteAsync(async scope =>
            (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == Someone.Id, Cancel)).Languages = "en");

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal(english.Number, desk.Case!.TaskNumber);
        Assert.Equal(TaskState.Waiting, await StateAsync(_tasks[1]));
    }

    [Fact]
    public async Task LastCase_SaysWhatWasDoneAndThatNothingFollows()
    {
        DeskSession desk = await WithTasksAsync(1);

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal("Post 1 decided: allow. Nothing suitable right now. You are still on shift.", Room.Status(desk));
    }

    private async Task<DeskSession> WithTasksAsync(int count, string? language = null)
    {
        for (int i = 0; i < count; i++)
        {
            _tasks.Add((await Room.Console.CaseAsync(Queue, language: language)).Task);
        }

        DeskSession desk = await BeginAsync();
        if (count > 2)
        {
            await DeskRoom.UntilAsync(desk, shown => shown.TaskAhead is not null);
        }

        return desk;
    }

    private Task<ActiveLease> ShownAsync() =>
        Room.Console.ReadAsync(db => db.Set<ActiveLease>().SingleAsync(row => row.PersonId == Someone.Id && row.Slot == LeaseSlot.Shown, Cancel));

    private async Task UntilWaitingAsync(ReviewTask task)
    {
        while (await StateAsync(task) != TaskState.Waiting)
        {
            await Task.Delay(20, Cancel);
        }
    }
}
