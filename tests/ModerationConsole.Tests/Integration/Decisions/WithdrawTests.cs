using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class WithdrawTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoneAtSource_TaskOnAScreen_IsWithdrawnAndItsDeskLearns()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        Assert.Equal(WithdrawOutcome.Withdrawn, await desk.Console.Use<WithdrawCase>().RunAsync(Caller.System, desk.Case.Number, Cancel));

        Assert.Equal(TaskState.Withdrawn, (await desk.TaskNowAsync()).State);
        Assert.Equal(CaseState.Closed, (await desk.CaseNowAsync()).State);
        Assert.Equal((0, 0), (await desk.CountAsync<ActiveLease>(), await desk.CountAsync<WaitingTask>()));
        OutboxEvent ended = await desk.Console.ReadAsync(db => db.Set<OutboxEvent>().SingleAsync(row => row.Kind == LiveKind.LeaseEnded, Cancel));
        Assert.Equal((desk.Person.Id, desk.Task.Number, nameof(LeaseEnd.Revoked)), (ended.PersonId, ended.TaskNumber, ended.State));
        List<AuditAct> acts = await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel));
        Assert.Superset(new HashSet<AuditAct> { AuditAct.CaseWithdrawn, AuditAct.TaskWithdrawn, AuditAct.LeaseRevoked }, acts.ToHashSet());
        Assert.Equal(DecideOutcome.LeaseLost, (await desk.DecideAsync(Verdict.Allow)).Outcome);
    }

    [Fact]
    public async Task GoneAtSource_TaskThatWaits_IsOfferedNoMore()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        (Case other, ReviewTask waiting) = await Support.Arrange.CaseAsync(desk.Console, desk.Queue);

        await desk.Console.Use<WithdrawCase>().RunAsync(Caller.System, other.Number, Cancel);

        Assert.Equal(TaskState.Withdrawn, (await desk.TaskNowAsync(waiting.Number)).State);
        Assert.Equal(0, await desk.CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task GoneAtSource_ClosedOrUnknown_IsSaid()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        WithdrawCase withdraw = desk.Console.Use<WithdrawCase>();
        await withdraw.RunAsync(Caller.System, desk.Case.Number, Cancel);

        Assert.Equal(WithdrawOutcome.AlreadyClosed, await withdraw.RunAsync(Caller.System, desk.Case.Number, Cancel));
        Assert.Equal(WithdrawOutcome.NotFound, await withdraw.RunAsync(Caller.System, 4_711, Cancel));
    }

    [Fact]
    public async Task GoneAtSource_SaidByAModerator_IsDenied()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.Console.Use<WithdrawCase>().RunAsync(desk.Person, desk.Case.Number, Cancel));
    }
}
