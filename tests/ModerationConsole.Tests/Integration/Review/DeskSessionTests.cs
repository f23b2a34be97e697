using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>Deciding at the desk, and taking it back.</summary>
public sealed class DeskSessionTests : DeskSessionTest
{
    [Fact]
    public async Task Desk_ThatCouldNotBeOpened_SaysSoAndOpensWhenAskedAgain()
    {
        await RunAsync("ALTER TABLE queue RENAME TO queue_away");
        DeskSession desk = await Room.SitAsync(Someone);
        Assert.True(desk.NotOpened);
        Assert.Equal(DeskMode.Opening, desk.Mode);

        await desk.OpenAgainAsync(null);
        Assert.True(desk.NotOpened);
        await RunAsync("ALTER TABLE queue_away RENAME TO queue");
        await desk.OpenAgainAsync(null);

        Assert.False(desk.NotOpened);
        Assert.Equal(DeskMode.Idle, desk.Mode);

        Task RunAsync(string sql) => Room.Console.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancel));
    }

    [Fact]
    public async Task Submit_Decides_DrawsTheNextAndOffersToTakeItBack()
    {
        (_, ReviewTask first) = await Room.Console.CaseAsync(Queue);
        (_, ReviewTask second) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        Assert.Equal(first.Number, desk.Case!.TaskNumber);

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal(second.Number, desk.Case!.TaskNumber);
        Assert.Equal("Post 1 decided: allow.", Room.Status(desk));
        Assert.Equal(20, desk.Undo!.Seconds);
        Assert.Equal(TaskState.Done, await StateAsync(first));
    }

    [Fact]
    public async Task KeyMeantForTheCaseBefore_DecidesNothing()
    {
        await Room.Console.CaseAsync(Queue);
        (_, ReviewTask second) = await Room.Console.CaseAsync(Queue);
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
    public async Task Policy_ThatGotNewWordsSinceTheDeskWasDrawn_IsReadAgainBeforeItDecides()
    {
        Policy policy = await Room.Console.PolicyAsync();
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(desk.Case!.Policies[0]);
        desk.Form!.Reason.Typed("It threatens.");
        PolicyDraft words = new(policy.Id, policy.Code, "Renamed", null, policy.Severity, "Other words", "", [], "", Version: policy.Version);
        Assert.Equal(SavePolicyOutcome.Saved, await Room.Console.Use<SavePolicy>().RunAsync(Caller.System, words, Cancel));

        await SubmitAsync(desk);

        Assert.Equal("This policy has new words since you opened the case. Read them, then submit again. What you wrote is kept.", desk.Hint);
        Assert.Equal((2, "Renamed", "It threatens."), (desk.Form!.ChosenPolicy!.VersionNumber, desk.Form.ChosenPolicy.Name, desk.Form.Reason.Text));
        Assert.Equal(TaskState.Leased, await StateAsync(task));
        await SubmitAsync(desk);
        Assert.Equal(TaskState.Done, await StateAsync(task));
    }

    [Fact]
    public async Task ViolationWithoutPolicy_WhereTheQueueAsksForOne_IsNotSubmitted()
    {
        CaseQueue strict = await Room.Console.QueueAsync([Someone], queue => queue.PolicyRequired = true);
        (_, ReviewTask task) = await Room.Console.CaseAsync(strict);
        DeskSession desk = await BeginAsync();

        desk.Choose(Verdict.Violation);
        await SubmitAsync(desk);

        Assert.Equal("Name the policy first.", desk.Hint);
        Assert.Equal(TaskState.Leased, await StateAsync(task));
    }

    [Fact]
    public async Task Undo_InsideTheWindow_ShowsTheOldCaseWithItsForm()
    {
        (_, ReviewTask first) = await Room.Console.CaseAsync(Queue);
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["reason"] = "Because.", ["note"] = "A note." });
        await SubmitAsync(desk);

        await desk.UndoAsync();

        Assert.Equal(first.Number, desk.Case!.TaskNumber);
        Assert.Equal((Verdict.Violation, "Because.", "A note."), (desk.Form!.ChosenVerdict, desk.Form.Reason.Text, desk.Form.Note.Text));
        Assert.Null(desk.Undo);
        Assert.Equal("Taken back. Nothing was sent.", Room.Status(desk));
    }

    [Fact]
    public async Task UndoOffer_AfterItsWindow_IsGone()
    {
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Room.Console.Clock.Advance(TimeSpan.FromSeconds(21));

        await DeskRoom.UntilAsync(desk, shown => shown.Undo is null);
    }

    [Fact]
    public async Task TwoWindows_OfOnePerson_ShowTheSameCaseAndTheSecondLearnsThatItIsDone()
    {
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession one = await BeginAsync();
        DeskSession other = await Room.SitAsync(Someone);
        Assert.Equal(task.Number, other.Case!.TaskNumber);
        other.Typed(new Dictionary<string, string> { ["note"] = "Half a note" });
        one.Choose(Verdict.Allow);
        await SubmitAsync(one);

        other.Choose(Verdict.Violation);
        await SubmitAsync(other);

        Assert.Equal(("You finished this case in another window. Your text is kept.", "Half a note"), (other.Left!.What, other.Left.Note));
        Assert.Equal([Verdict.Allow], await Room.Console.ReadAsync(db => db.Set<Decision>().Select(row => row.Verdict).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Draft_IsSavedAfterAPauseAndFoundAgain()
    {
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        TaskCompletionSource saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Drafts.Changed += () => saved.TrySetResult();
        desk.Choose(Verdict.Violation);
        desk.Typed(new Dictionary<string, string> { ["note"] = "Half a note" });
        Assert.Equal(DraftState.Unsaved, desk.Drafts.State);

        Room.Console.Clock.Advance(TimeSpan.FromMilliseconds(501));
        await saved.Task.WaitAsync(Cancel);

        Assert.Equal(DraftState.Saved, desk.Drafts.State);
        DeskSession again = await Room.SitAsync(Someone);
        Assert.Equal((Verdict.Violation, "Half a note"), (again.Form!.ChosenVerdict, again.Form.Note.Text));
    }
}
