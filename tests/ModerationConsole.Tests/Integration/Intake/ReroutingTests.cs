using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>What a later report does to the place where an open case waits.</summary>
public sealed class ReroutingTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private CaseQueue _usual = null!;
    private CaseQueue _severe = null!;
    private Policy _policy = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _usual = await _console.TakesItemsAsync();
        _severe = await _console.QueueAsync();
        _policy = await _console.PolicyAsync(Severity.Severe);
        await RouteAsync(new RoutingRow { Position = 0, MinSeverity = Severity.High, QueueId = _severe.Id, Priority = 90, DeadlineMinutes = 30 });
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task GraverReport_OnAWaitingCase_SendsItToWhereRoutingSaysNow()
    {
        await _console.ReportAsync();
        Assert.Equal((_usual.Id, 50), await PlaceAsync());

        long number = (await ReportSeverelyAsync()).CaseNumber;

        WaitingTask waiting = await WaitingAsync();
        Assert.Equal((_severe.Id, 90, _console.Clock.GetUtcNow().AddMinutes(30)), (waiting.QueueId, waiting.Priority, waiting.DueAt));
        ReviewTask task = await TaskAsync();
        Assert.Equal((waiting.QueueId, waiting.Priority, waiting.DueAt), (task.QueueId, task.Priority, task.DueAt));
        Assert.True(await _console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(
            row => row.Act == AuditAct.TaskMoved && row.CaseNumber == number && row.Subject == _severe.Id.ToString(), Cancel)));
    }

    [Fact]
    public async Task MilderReport_Later_TakesNothingBack()
    {
        await ReportSeverelyAsync();
        DateTimeOffset due = (await WaitingAsync()).DueAt;
        _console.Clock.Advance(TimeSpan.FromMinutes(5));

        await _console.ReportAsync();

        WaitingTask waiting = await WaitingAsync();
        Assert.Equal((_severe.Id, 90, due), (waiting.QueueId, waiting.Priority, waiting.DueAt));
    }

    [Fact]
    public async Task GraverReport_OnACaseThatAPersonMoved_LeavesItWhereItIsButHastensIt()
    {
        CaseQueue chosen = await _console.QueueAsync();
        await _console.ReportAsync();
        await _console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<ReviewTask>().SingleAsync()).MoveTo(chosen.Id);
            (await scope.Db.Set<WaitingTask>().SingleAsync()).QueueId = chosen.Id;
            return 0;
        });

        await ReportSeverelyAsync();

        Assert.Equal((chosen.Id, 90), await PlaceAsync());
    }

    [Fact]
    public async Task GraverReport_OnACaseThatSomeoneHolds_LeavesItInTheirHands()
    {
        await _console.ReportAsync();
        Caller person = await _console.PersonAsync();
        await _console.HoldAsync(person, await TaskAsync());

        await ReportSeverelyAsync();

        Assert.Equal(person.Id, (await _console.ReadAsync(db => db.Set<ActiveLease>().SingleAsync(Cancel))).PersonId);
        ReviewTask task = await TaskAsync();
        Assert.Equal((_usual.Id, 90, TaskState.Leased), (task.QueueId, task.Priority, task.State));
    }

    private Task<Core.Intake.ReportOutcome> ReportSeverelyAsync() => _console.ReportAsync(report =>
    {
        report["reporter"]!["id"] = "u-14";
        report["reportedForReason"]!["policyId"] = _policy.Id;
    });

    private Task<int> RouteAsync(RoutingRow row) => _console.WriteAsync(scope =>
    {
        scope.Db.Add(row);
        return Task.FromResult(0);
    });

    private async Task<(Guid, int)> PlaceAsync()
    {
        WaitingTask waiting = await WaitingAsync();
        return (waiting.QueueId, waiting.Priority);
    }

    private Task<WaitingTask> WaitingAsync() => _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));

    private Task<ReviewTask> TaskAsync() => _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(Cancel));
}
