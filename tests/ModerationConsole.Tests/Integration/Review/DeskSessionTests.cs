using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

public sealed class DeskSessionTests : IAsyncLifetime
{
    private DeskRoom _room = null!;
    private Caller _person = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await DeskRoom.OpenAsync();
        _person = await _room.Console.PersonAsync();
        _queue = await _room.Console.QueueAsync([_person]);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Submit_Decides_DrawsTheNextAndOffersToTakeItBack()
    {
        (_, ReviewTask first) = await _room.Console.CaseAsync(_queue);
        (_, ReviewTask second) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        Assert.Equal(first.Number, desk.Case!.TaskNumber);

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal(second.Number, desk.Case!.TaskNumber);
        Assert.Equal("Post 1 decided: allow.", _room.Status(desk));
        Assert.Equal(20, desk.Undo!.Seconds);
        Assert.Equal(TaskState.Done, await StateAsync(first));
    }

    [Fact]
    public async Task KeyMeantForTheCaseBefore_DecidesNothing()
    {
        await _room.Console.CaseAsync(_queue);
        (_, ReviewTask second) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        (long task, long fence) = (desk.Case!.TaskNumber, desk.Case.Fence);
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        desk.Choose(Verdict.Allow);

        await desk.SubmitAsync(task, fence);
        await desk.SubmitAsync(second.Number, desk.Case!.Fence + 1);
        await desk.SkipAsync(task, fence);
        await desk.StopAsync(task, fence);

        Assert.Equal((second.Number, DeskMode.Working), (desk.Case!.TaskNumber, desk.Mode));
        Assert.Equal(TaskState.Leased, await StateAsync(second));
    }

    [Fact]
    public async Task ViolationWithoutPolicy_WhereTheQueueAsksForOne_IsNotSubmitted()
    {
        CaseQueue strict = await _room.Console.QueueAsync([_person], queue => queue.PolicyRequired = true);
        (_, ReviewTask task) = await _room.Console.CaseAsync(strict);
        DeskSession desk = await BeginAsync();

        desk.Choose(Verdict.Violation);
        await SubmitAsync(desk);

        Assert.Equal("Name the policy first.", desk.Hint);
        Assert.Equal(TaskState.Leased, await StateAsync(task));
    }

    [Fact]
    public async Task Undo_InsideTheWindow_ShowsTheOldCaseWithItsForm()
    {
        (_, ReviewTask first) = await _room.Console.CaseAsync(_queue);
        await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["reason"] = "Because.", ["note"] = "A note." });
        await SubmitAsync(desk);

        await desk.UndoAsync();

        Assert.Equal(first.Number, desk.Case!.TaskNumber);
        Assert.Equal((Verdict.Violation, "Because.", "A note."), (desk.Form!.ChosenVerdict, desk.Form.Reason.Text, desk.Form.Note.Text));
        Assert.Null(desk.Undo);
        Assert.Equal("Taken back. Nothing was sent.", _room.Status(desk));
    }

    [Fact]
    public async Task UndoOffer_AfterItsWindow_IsGone()
    {
        await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        _room.Console.Clock.Advance(TimeSpan.FromSeconds(21));

        await DeskRoom.UntilAsync(desk, shown => shown.Undo is null);
    }

    [Fact]
    public async Task TimeRanOut_BeforeSubmitting_IsExplainedAndTheTextKept()
    {
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["reason"] = "Because." });
        _room.Console.Clock.Advance(TimeSpan.FromSeconds(121));

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
        Caller lead = await _room.Console.PersonAsync(Core.People.Roles.Lead);
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        await _room.TellAsync();

        await _room.Console.Use<RevokeLease>().RunAsync(lead, task.Number, forAnother: true, Cancel);
        await TellLaterAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Mode == DeskMode.Left);
        Assert.Equal("This case went back to the queue. Your text is kept.", desk.Left!.What);
    }

    [Fact]
    public async Task ItemGoneAtItsSource_WhileItIsOnTheScreen_IsExplainedInPlace()
    {
        (Core.Cases.Case about, _) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        await _room.TellAsync();

        await _room.Console.Use<WithdrawCase>().RunAsync(Caller.System, about.Number, Cancel);
        await TellLaterAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Mode == DeskMode.Left);
        Assert.Equal("This item is gone at its source. There is nothing left to decide.", desk.Left!.What);
    }

    [Fact]
    public async Task TwoWindows_OfOnePerson_ShowTheSameCaseAndTheSecondLearnsThatItIsDone()
    {
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession one = await BeginAsync();
        DeskSession other = await _room.SitAsync(_person);
        Assert.Equal(task.Number, other.Case!.TaskNumber);
        other.Typed(new Dictionary<string, string> { ["note"] = "Half a note" });
        one.Choose(Verdict.Allow);
        await SubmitAsync(one);

        other.Choose(Verdict.Violation);
        await SubmitAsync(other);

        Assert.Equal(("You finished this case in another window. Your text is kept.", "Half a note"), (other.Left!.What, other.Left.Note));
        Assert.Equal([Verdict.Allow], await _room.Console.ReadAsync(db => db.Set<Decision>().Select(row => row.Verdict).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task WaitingDesk_TaskArrives_IsDrawnByItself()
    {
        DeskSession desk = await BeginAsync();
        Assert.Equal((DeskMode.Waiting, "Nothing suitable right now. You are still on shift."), (desk.Mode, _room.Status(desk)));

        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        await _room.TellAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Case?.TaskNumber == task.Number);
    }

    [Fact]
    public async Task TwoWaitingDesks_OneTaskArrives_OnlyTheFirstIsAsked()
    {
        Caller second = await _room.Console.PersonAsync();
        await _room.Console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = second.Id })));
        DeskSession one = await BeginAsync();
        DeskSession other = await BeginAsync(second);

        await _room.Console.CaseAsync(_queue);
        await _room.TellAsync();

        await DeskRoom.UntilAsync(one, shown => shown.Mode == DeskMode.Working);
        Assert.Equal(DeskMode.Waiting, other.Mode);
    }

    [Fact]
    public async Task NobodyAtAWaitingDesk_PausesIt_AndNothingIsDrawnUntilSomeoneResumes()
    {
        DeskSession desk = await BeginAsync();

        await desk.AwayAsync();
        await _room.Console.CaseAsync(_queue);
        await _room.TellAsync();

        Assert.Equal((DeskMode.Resting, Core.Wellbeing.RestKind.Paused), (desk.Mode, desk.Rest));
        desk.Here();
        await desk.ResumeAsync();
        Assert.Equal(DeskMode.Working, desk.Mode);
    }

    [Fact]
    public async Task NobodyAtADeskWithACase_KeepsTheCase()
    {
        await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();

        await desk.AwayAsync();

        Assert.Equal(DeskMode.Working, desk.Mode);
    }

    [Fact]
    public async Task NobodyAtAWaitingWindow_WhileThePersonWorksInAnother_TakesNothingFromThem()
    {
        DeskSession waiting = await BeginAsync();
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession working = await BeginAsync();

        await waiting.AwayAsync();

        Assert.Equal((DeskMode.Idle, DeskMode.Working), (waiting.Mode, working.Mode));
        Assert.Equal(TaskState.Leased, await StateAsync(task));
    }

    [Fact]
    public async Task Heartbeat_OfAnActiveDesk_KeepsTheCaseAndOfAnIdleOneDoesNot()
    {
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        DateTimeOffset before = await ExpiryAsync(task);
        _room.Console.Clock.Advance(TimeSpan.FromSeconds(60));

        await desk.HeartbeatAsync(activeLately: false);
        Assert.Equal(before, await ExpiryAsync(task));
        await desk.HeartbeatAsync(activeLately: true);

        Assert.Equal(before.AddSeconds(60), await ExpiryAsync(task));
    }

    [Fact]
    public async Task Skip_DrawsTheNext_AndStopDrawsNothing()
    {
        (_, ReviewTask first) = await _room.Console.CaseAsync(_queue);
        (_, ReviewTask second) = await _room.Console.CaseAsync(_queue);
        await _room.Console.CaseAsync(_queue);
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
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        DeskSession one = await BeginAsync();
        DeskSession other = await _room.SitAsync(_person);
        await _room.TellAsync();

        await one.TakeBreakAsync();
        await TellLaterAsync();

        await DeskRoom.UntilAsync(other, shown => shown.Mode == DeskMode.Resting);
        Assert.Equal((DeskMode.Resting, Core.Wellbeing.RestKind.Break), (one.Mode, one.Rest));
        Assert.Equal(TaskState.Waiting, await StateAsync(task));
    }

    [Fact]
    public async Task Draft_IsSavedAfterAPauseAndFoundAgain()
    {
        await _room.Console.CaseAsync(_queue);
        DeskSession desk = await BeginAsync();
        TaskCompletionSource saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Drafts.Changed += () => saved.TrySetResult();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["note"] = "Half a note" });
        Assert.Equal(DraftState.Unsaved, desk.Drafts.State);

        _room.Console.Clock.Advance(TimeSpan.FromMilliseconds(501));
        await saved.Task.WaitAsync(Cancel);

        Assert.Equal(DraftState.Saved, desk.Drafts.State);
        DeskSession again = await _room.SitAsync(_person);
        Assert.Equal((Verdict.Violation, "Half a note"), (again.Form!.ChosenVerdict, again.Form.Note.Text));
    }

    [Fact]
    public async Task LostLine_GivesGraceAndAWaitingDeskNothing()
    {
        DeskSession desk = await BeginAsync();
        await desk.LineLostAsync();
        (_, ReviewTask task) = await _room.Console.CaseAsync(_queue);
        await _room.TellAsync();
        Assert.Equal(DeskMode.Waiting, desk.Mode);

        await desk.LineBackAsync();

        Assert.Equal(task.Number, desk.Case!.TaskNumber);
    }

    [Fact]
    public async Task PersonWithoutQueues_IsToldSo()
    {
        DeskSession desk = await BeginAsync(await _room.Console.PersonAsync());

        Assert.Equal((DeskMode.Idle, "No queue is yours yet. Your lead can give you one."), (desk.Mode, desk.Notice));
    }

    private async Task<DeskSession> BeginAsync(Caller? person = null)
    {
        DeskSession desk = await _room.SitAsync(person ?? _person);
        await desk.BeginAsync();
        return desk;
    }

    private static Task SubmitAsync(DeskSession desk) => desk.SubmitAsync(desk.Case!.TaskNumber, desk.Case.Fence);

    // The desk draws at most five times a second: the second news of a moment comes after the pause.
    private async Task TellLaterAsync()
    {
        _room.Console.Clock.Advance(TimeSpan.FromMilliseconds(250));
        await _room.TellAsync();
    }

    private Task<TaskState> StateAsync(ReviewTask task) =>
        _room.Console.ReadAsync(db => db.Set<ReviewTask>().Where(row => row.Number == task.Number).Select(row => row.State).SingleAsync(Cancel));

    private Task<DateTimeOffset> ExpiryAsync(ReviewTask task) =>
        _room.Console.ReadAsync(db => db.Set<ActiveLease>().Where(row => row.TaskNumber == task.Number).Select(row => row.ExpiresAt).SingleAsync(Cancel));
}
