using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>What the desk does for the person who sits at it: the panel after a stop, breaks between cases, other work at a limit.</summary>
public sealed class ShiftAtTheDeskTests : DeskSessionTest
{
    [Fact]
    public async Task StopPanel_NoSevereWork_GoesOnWithOtherWorkOnly()
    {
        await SevereAsync();
        await SevereAsync();
        DeskSession desk = await StoppedAsync();
        Assert.Equal((DeskMode.Idle, true, true), (desk.Mode, desk.Stopped, desk.CanCarryOn));

        await desk.NoSevereAsync(NoSevereFor.FourHours);

        Assert.Equal((DeskMode.Waiting, SevereHold.Asked), (desk.Mode, desk.Hold?.Hold));
        (_, ReviewTask other) = await Room.Console.CaseAsync(Queue);
        await Room.TellAsync();
        await DeskRoom.UntilAsync(desk, shown => shown.Case?.TaskNumber == other.Number);
    }

    [Fact]
    public async Task StopPanel_Mistake_BringsTheSameCaseBack_ForAMinute()
    {
        (_, ReviewTask task) = await SevereAsync();
        DeskSession desk = await StoppedAsync();

        await desk.CarryOnAsync();

        Assert.Equal((DeskMode.Working, task.Number), (desk.Mode, desk.Case!.TaskNumber));
        await desk.StopAsync(task.Number, desk.Case.Fence);
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(desk.CanCarryOn);
    }

    [Fact]
    public async Task DeskOpenedAgain_AfterAStop_GoesOnWithThePanelAndTheWayBack()
    {
        (_, ReviewTask task) = await SevereAsync();
        DeskSession desk = await StoppedAsync();
        BetweenCases kept = Assert.IsType<BetweenCases>(desk.Between(Someone.Id));

        DeskSession again = await Room.SitAsync(Someone);
        Assert.Equal((DeskMode.Idle, false, true), (again.Mode, again.Stopped, again.CanCarryOn));
        again.Recall(kept);
        Assert.True(again.Stopped);
        await again.CarryOnAsync();

        Assert.Equal(task.Number, again.Case!.TaskNumber);
        Assert.Null(again.Between(Someone.Id));
    }

    [Fact]
    public async Task DeskOpenedAgain_LongAfterAStop_BeginsAnew()
    {
        await SevereAsync();
        DeskSession desk = await StoppedAsync();
        BetweenCases kept = desk.Between(Someone.Id)!;
        Room.Console.Clock.Advance(TimeSpan.FromMinutes(16));

        DeskSession again = await Room.SitAsync(Someone);
        again.Recall(kept);

        Assert.Equal((DeskMode.Idle, false, false), (again.Mode, again.Stopped, again.CanCarryOn));
    }

    [Fact]
    public async Task DeskOpenedAgain_AfterABreakWasOffered_OffersItAgain_AndNotOnceItWasDeclined()
    {
        for (int place = 0; place < 4; place++)
        {
            await SevereAsync();
        }

        DeskSession desk = await BeginAsync();
        await WorkAsync(desk, TimeSpan.FromMinutes(20));
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        DeskSession again = await Room.SitAsync(Someone);
        again.Recall(desk.Between(Someone.Id)!);
        Assert.Equal((DeskMode.Idle, true), (again.Mode, again.BreakOffered));

        await again.BeginAsync();
        DeskSession third = await Room.SitAsync(Someone);
        third.Recall(again.Between(Someone.Id)!);
        Assert.Equal((DeskMode.Working, false), (third.Mode, third.BreakOffered));
        third.Choose(Verdict.Allow);
        await SubmitAsync(third);

        Assert.Equal((DeskMode.Working, false), (third.Mode, third.BreakOffered));
    }

    [Fact]
    public async Task StopPanel_Break_BeginsABreak()
    {
        await SevereAsync();
        DeskSession desk = await StoppedAsync();

        await desk.TakeBreakAsync();

        Assert.Equal((DeskMode.Resting, RestKind.Break), (desk.Mode, desk.Rest));
    }

    [Fact]
    public async Task Break_AfterTwentyMinutesOfSevereWork_IsOfferedBetweenTwoCases_AndDeclinedWithOnePress()
    {
        await SevereAsync();
        await SevereAsync();
        await SevereAsync();
        DeskSession desk = await BeginAsync();
        await WorkAsync(desk, TimeSpan.FromMinutes(20));
        Assert.Equal((DeskMode.Working, false), (desk.Mode, desk.BreakOffered));

        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);

        Assert.Equal((DeskMode.Idle, true), (desk.Mode, desk.BreakOffered));
        await desk.BeginAsync();
        Assert.Equal((DeskMode.Working, false), (desk.Mode, desk.BreakOffered));
        await WorkAsync(desk, TimeSpan.FromMinutes(19));
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        Assert.Equal(DeskMode.Working, desk.Mode);
    }

    [Fact]
    public async Task PauseDue_WhileSevereCasesWait_AsksAgainByItselfWhenItIsOver()
    {
        await SevereAsync();
        (_, ReviewTask next) = await SevereAsync();
        DeskSession desk = await BeginAsync();
        await WorkAsync(desk, TimeSpan.FromMinutes(55));
        desk.Choose(Verdict.Allow);
        await SubmitAsync(desk);
        await desk.BeginAsync();
        Assert.Equal((DeskMode.Waiting, SevereHold.PauseDue), (desk.Mode, desk.Hold?.Hold));

        Room.Console.Clock.Advance(TimeSpan.FromMinutes(10));

        await DeskRoom.UntilAsync(desk, shown => shown.Case?.TaskNumber == next.Number);
    }

    private async Task<DeskSession> StoppedAsync()
    {
        DeskSession desk = await BeginAsync();
        await desk.StopAsync(desk.Case!.TaskNumber, desk.Case.Fence);
        return desk;
    }

    private Task<(Case Case, ReviewTask Task)> SevereAsync() => Room.Console.CaseAsync(Queue, sensitivity: Sensitivity.Severe);

    private async Task WorkAsync(DeskSession desk, TimeSpan length)
    {
        for (TimeSpan done = TimeSpan.Zero; done < length; done += TimeSpan.FromSeconds(20))
        {
            Room.Console.Clock.Advance(TimeSpan.FromSeconds(20));
            await desk.HeartbeatAsync(activeLately: true);
        }
    }
}
