using ModerationConsole.Core.Access;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>A desk that waits for work, and who sits at it.</summary>
public sealed class WaitingDeskTests : DeskSessionTest
{
    [Fact]
    public async Task WaitingDesk_TaskArrives_IsDrawnByItself()
    {
        DeskSession desk = await BeginAsync();
        Assert.Equal((DeskMode.Waiting, "Nothing suitable right now. You are still on shift."), (desk.Mode, Room.Status(desk)));

        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        await Room.TellAsync();

        await DeskRoom.UntilAsync(desk, shown => shown.Case?.TaskNumber == task.Number);
    }

    [Fact]
    public async Task TwoWaitingDesks_OneTaskArrives_OnlyTheFirstIsAsked()
    {
        Caller second = await Room.Console.PersonAsync();
        await Room.Console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = Queue.Id, PersonId = second.Id })));
        DeskSession one = await BeginAsync();
        DeskSession other = await BeginAsync(second);

        await Room.Console.CaseAsync(Queue);
        await Room.TellAsync();

        await DeskRoom.UntilAsync(one, shown => shown.Mode == DeskMode.Working);
        Assert.Equal(DeskMode.Waiting, other.Mode);
    }

    [Fact]
    public async Task NobodyAtAWaitingDesk_PausesIt_AndNothingIsDrawnUntilSomeoneResumes()
    {
        DeskSession desk = await BeginAsync();

        await desk.AwayAsync();
        await Room.Console.CaseAsync(Queue);
        await Room.TellAsync();

        Assert.Equal((DeskMode.Resting, Core.Wellbeing.RestKind.Paused), (desk.Mode, desk.Rest));
        desk.Here();
        await desk.ResumeAsync();
        Assert.Equal(DeskMode.Working, desk.Mode);
    }

    [Fact]
    public async Task NobodyAtADeskWithACase_KeepsTheCase()
    {
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();

        await desk.AwayAsync();

        Assert.Equal(DeskMode.Working, desk.Mode);
    }

    [Fact]
    public async Task NobodyAtAWaitingWindow_WhileThePersonWorksInAnother_TakesNothingFromThem()
    {
        DeskSession waiting = await BeginAsync();
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession working = await BeginAsync();

        await waiting.AwayAsync();

        Assert.Equal((DeskMode.Idle, DeskMode.Working), (waiting.Mode, working.Mode));
        Assert.Equal(TaskState.Leased, await StateAsync(task));
    }

    [Fact]
    public async Task Heartbeat_OfAnActiveDesk_KeepsTheCaseAndOfAnIdleOneDoesNot()
    {
        (_, ReviewTask task) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        DateTimeOffset before = await ExpiryAsync(task);
        Room.Console.Clock.Advance(TimeSpan.FromSeconds(60));

        await desk.HeartbeatAsync(activeLately: false);
        Assert.Equal(before, await ExpiryAsync(task));
        await desk.HeartbeatAsync(activeLately: true);

        Assert.Equal(before.AddSeconds(60), await ExpiryAsync(task));
    }

    [Fact]
    public async Task PersonWithoutQueues_IsToldSo()
    {
        DeskSession desk = await BeginAsync(await Room.Console.PersonAsync());

        Assert.Equal((DeskMode.Idle, "No queue is yours yet. Your lead can give you one."), (desk.Mode, desk.Notice));
    }
}
