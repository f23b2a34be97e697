using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class CloseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecidedCase_ClosesOnceItsWindowIsOver()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.DecideAsync(Verdict.Allow);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));
        await CloseAsync(desk);
        Assert.Equal(CaseState.Decided, (await desk.CaseNowAsync()).State);

        desk.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await CloseAsync(desk);
        await CloseAsync(desk);

        Assert.Equal(CaseState.Closed, (await desk.CaseNowAsync()).State);
        Assert.Equal(1, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.CaseClosed, Cancel)));
        Assert.Equal(1, await desk.Console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.Closed, Cancel)));
    }

    [Fact]
    public async Task DecidedCase_StaysWhileAnythingIsOnItsWay()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));
        await CloseAsync(desk);
        Assert.Equal(CaseState.Decided, (await desk.CaseNowAsync()).State);

        await desk.Console.Get<DeliverActions>().RunOnceAsync(Cancel);
        await CloseAsync(desk);

        Assert.Equal(CaseState.Closed, (await desk.CaseNowAsync()).State);
    }

    [Fact]
    public async Task MoreThanABatch_IsClosedInOnePass()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        for (int number = 0; number < 51; number++)
        {
            (Case about, Core.Queues.ReviewTask task) = await desk.Console.CaseAsync(desk.Queue);
            await desk.Console.WriteAsync(async scope =>
            {
                Decision decision = new() { CaseNumber = about.Number, TaskNumber = task.Number, DecidedAt = scope.Now, UndoUntil = scope.Now };
                scope.Db.Add(decision);
                (await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel)).Decide(decision.Id, scope.Now);
                return 0;
            });
        }

        desk.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await CloseAsync(desk);

        Assert.Equal(51, await desk.Console.ReadAsync(db => db.Set<Case>().CountAsync(row => row.State == CaseState.Closed, Cancel)));
    }

    private static Task CloseAsync(DecisionDesk desk) => desk.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
}
