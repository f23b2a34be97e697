using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

/// <summary>A lead, a moderator, two queues, and short words for what a lead does to many cases.</summary>
internal sealed class BulkRoom : IAsyncDisposable
{
    private BulkRoom(TestConsole console, Caller lead, Caller moderator, CaseQueue queue, CaseQueue other, Policy policy, ActionDefinition action)
    {
        (Console, Lead, Moderator, Queue, Other, Policy, Action) = (console, lead, moderator, queue, other, policy, action);
    }

    public TestConsole Console { get; }

    public Caller Lead { get; }

    public Caller Moderator { get; }

    public CaseQueue Queue { get; }

    public CaseQueue Other { get; }

    public Policy Policy { get; }

    public ActionDefinition Action { get; }

    public BulkOrder Violation => new(BulkAct.Decide)
    {
        Verdict = Verdict.Violation, PolicyId = Policy.Id, Actions = [Action.Id], ReasonForUser = "It broke a rule.", InternalNote = "One wave.",
    };

    public static BulkOrder Allow { get; } = new(BulkAct.Decide) { Verdict = Verdict.Allow };

    public BulkOrder Move => new(BulkAct.Move) { QueueId = Other.Id };

    public static BulkOrder Close { get; } = new(BulkAct.Close) { CloseCode = CloseCodes.Duplicate };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<BulkRoom> OpenAsync(Dictionary<string, string?>? settings = null)
    {
        TestConsole console = await TestConsole.StartAsync(settings);
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller moderator = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([lead, moderator]);
        CaseQueue other = await console.QueueAsync([lead, moderator]);
        ActionDefinition action = await console.ActionAsync();
        await console.WriteAsync(async scope =>
        {
            ActionDefinition back = new() { Id = action.Id + "_back", Name = "Put it back" };
            scope.Db.Add(back);
            (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == action.Id)).ReversalActionId = back.Id;
            return 0;
        });
        return new BulkRoom(console, lead, moderator, queue, other, await console.PolicyAsync(), action);
    }

    public async Task<List<(Case Case, ReviewTask Task)>> CasesAsync(int count, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        List<(Case, ReviewTask)> made = [];
        for (int place = 0; place < count; place++)
        {
            made.Add(await Console.CaseAsync(Queue, sensitivity: sensitivity));
        }

        return made;
    }

    public Task<ProposeResult> ProposeAsync(BulkOrder order, IEnumerable<long>? numbers = null, Caller? by = null) => Console.Use<ProposeBatch>().RunAsync(
        by ?? Lead, numbers is null ? new CaseSelection(null, new CaseFilter()) : new CaseSelection([.. numbers], null), order, Cancel);

    /// <summary>Proposes, begins, and lets it run to its end.</summary>
    public async Task<BatchView> RunAsync(BulkOrder order, IEnumerable<long>? numbers = null)
    {
        long number = (await ProposeAsync(order, numbers)).Number!.Value;
        int cases = (await ReadAsync(number)).Of(MemberState.Waiting);
        Assert.Equal(StartOutcome.Started, await Console.Use<StartBatch>().RunAsync(Lead, number, cases, Cancel));
        await WorkAsync();
        return await ReadAsync(number);
    }

    public Task WorkAsync() => Console.Get<RunBatches>().RunOnceAsync(Cancel);

    public async Task<BatchView> TakeBackAsync(long number)
    {
        Assert.True(await Console.Use<TakeBackBatch>().RunAsync(Lead, number, Cancel));
        await WorkAsync();
        return await ReadAsync(number);
    }

    public async Task<BatchView> ReadAsync(long number) => (await Console.Use<ReadBatch>().RunAsync(Lead, number, Cancel))!;

    public async Task<LeftOutReason> ReasonAsync(long batch, Case about) =>
        (await Console.Use<ListBatchMembers>().RunAsync(Lead, batch, null, null, Cancel)).Single(line => line.CaseNumber == about.Number).Reason;

    public Task<Case> CaseNowAsync(Case about) => Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel));

    public Task<List<Decision>> DecisionsAsync() => Console.ReadAsync(db => db.Set<Decision>().OrderBy(row => row.DecidedAt).ThenBy(row => row.CaseNumber).ToListAsync(Cancel));

    public Task<List<EnforcementAction>> OrderedAsync() => Console.ReadAsync(db => db.Set<EnforcementAction>().OrderBy(row => row.Id).ToListAsync(Cancel));

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
