using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>Verdicts that wait at once: read for together, each held against its own case.</summary>
public sealed class DecideGroupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verdicts_WaitingAtOnce_ShareOneCommitAndEachKeepsWhatItsOwnDeciderSaw()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        Policy policy = await console.PolicyAsync();
        ActionDefinition remove = await console.ActionAsync();
        CaseQueue queue = await console.QueueAsync(shape: row => row.PolicyRequired = true);
        List<Desk> desks = [];
        for (int i = 0; i < 5; i++)
        {
            desks.Add(await DeskAsync(console, queue, reports: i));
        }

        DecideCommand[] commands =
        [
            desks[0].Command(Verdict.Allow),
            desks[1].Command(Verdict.Violation) with { PolicyId = policy.Id, Actions = [new ActionOrder(remove.Id)] },
            desks[2].Command(Verdict.Violation),
            desks[3].Command(Verdict.Violation) with { PolicyId = policy.Id },
            desks[4].Command(Verdict.Allow) with { Fence = desks[4].Lease.Fence + 1 },
        ];
        using Holding held = Holding.Take(console);
        Task<DecideResult>[] deciding = [.. commands.Select((command, i) => console.Use<DecideCase>().RunAsync(desks[i].Person, command, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(deciding));

        DecideResult[] results = await Task.WhenAll(deciding);
        Assert.Equal(
            [DecideOutcome.Decided, DecideOutcome.Decided, DecideOutcome.PolicyRequired, DecideOutcome.Decided, DecideOutcome.LeaseLost],
            results.Select(result => result.Outcome));
        Assert.Equal(1, commits);
        foreach (int i in new[] { 0, 1, 3 })
        {
            Decision decision = await console.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.Id == results[i].DecisionId, Cancel));
            DecisionSnapshot seen = DecisionSnapshot.Read(decision.Snapshot);
            Assert.Equal((desks[i].About.Number, desks[i].About.ItemVersionId), (decision.CaseNumber, seen.ItemVersionId));
            Assert.Equal(desks[i].Reports.Order(), seen.Reports.Order());
            Assert.Equal(commands[i].PolicyId, decision.PolicyId);
        }

        Assert.Equal(remove.Id, Assert.Single(results[1].Ordered).ActionId);
        Assert.Empty(results[3].Ordered);
        // What was begun to be written goes with a verdict, and stays where there was none.
        List<long> drafts = await console.ReadAsync(db => db.Set<Draft>().Select(row => row.TaskNumber).OrderBy(number => number).ToListAsync(Cancel));
        Assert.Equal([desks[2].Task.Number, desks[4].Task.Number], drafts);
    }

    [Fact]
    public async Task Verdict_SentTwiceAtOnce_IsOneDecision()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        Desk desk = await DeskAsync(console, await console.QueueAsync(), reports: 0);

        using Holding held = Holding.Take(console);
        Task<DecideResult>[] deciding = [.. Enumerable.Range(0, 2).Select(_ => console.Use<DecideCase>().RunAsync(desk.Person, desk.Command(Verdict.Allow), Cancel))];
        await held.CommitsUntilAsync(Task.WhenAll(deciding));

        DecideResult[] results = await Task.WhenAll(deciding);
        Assert.Equal([DecideOutcome.Decided, DecideOutcome.AlreadyDecided], results.Select(result => result.Outcome));
        Assert.Equal(results[0].DecisionId, results[1].DecisionId);
        Assert.Equal(1, await console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
    }

    private static async Task<Desk> DeskAsync(TestConsole console, CaseQueue queue, int reports)
    {
        Caller person = await console.PersonAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = person.Id })));
        var (about, task) = await console.CaseAsync(queue);
        ActiveLease lease = await console.HoldAsync(person, task);
        List<Guid> ids = await console.WriteAsync(scope =>
        {
            Report[] rows = [.. Enumerable.Range(0, reports).Select(i => new Report
            {
                CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = $"r-{i}", ReceivedAt = scope.Now.AddSeconds(-i),
            })];
            scope.Db.AddRange(rows.AsEnumerable());
            scope.Db.Add(new Draft { TaskNumber = task.Number, PersonId = person.Id, SavedAt = scope.Now });
            return Task.FromResult(rows.Select(row => row.Id).ToList());
        });
        return new Desk(person, about, task, lease, ids);
    }

    private sealed record Desk(Caller Person, Case About, ReviewTask Task, ActiveLease Lease, List<Guid> Reports)
    {
        public DecideCommand Command(Verdict verdict) => new(Task.Number, Lease.Fence, verdict);
    }
}
