using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

/// <summary>The version in force when a decision is stored decides, and only if it is the one that was shown.</summary>
public sealed class DecidingUnderVersionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verdict_UnderWordsThatAreNoLongerInForce_IsRefusedAndNothingIsLost()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Policy policy = await desk.Console.PolicyAsync();
        DecideCommand command = desk.Command(Verdict.Violation) with { PolicyId = policy.Id, PolicyVersion = 1 };
        await PublishAsync(desk.Console, policy.Id, draft => draft with { Text = "Other words" });

        Assert.Equal(DecideOutcome.PolicyChanged, (await desk.DecideAsync(command)).Outcome);
        Assert.Equal(TaskState.Leased, (await desk.TaskNowAsync()).State);

        DecideResult read = await desk.DecideAsync(command with { PolicyVersion = 2 });
        Assert.Equal(DecideOutcome.Decided, read.Outcome);
        Guid second = await desk.Console.ReadAsync(db => db.Set<PolicyVersion>().Where(row => row.PolicyId == policy.Id && row.Number == 2).Select(row => row.Id).SingleAsync(Cancel));
        Assert.Equal(second, (await desk.DecisionAsync(read.DecisionId)).PolicyVersionId);
    }

    [Fact]
    public async Task Verdict_AfterTheNextVersionsTime_WaitsUntilThatIsInForce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Policy policy = await desk.Console.PolicyAsync();
        Caller expert = await desk.Console.PersonAsync(Roles.PolicyExpert);
        PolicyDraft words = new(policy.Id, "1.1", "Renamed", null, Severity.Medium, "Other words", "", [], "") { EffectiveFrom = desk.Console.Clock.GetUtcNow().AddSeconds(30) };
        SaveRevisionResult saved = await desk.Console.Use<SaveRevision>().RunAsync(expert, new RevisionCommand(words, 1), Cancel);
        await desk.Console.Use<PublishRevision>().RunAsync(expert, new RevisionRef(saved.RevisionId!.Value, 0), null, Cancel);
        DecideCommand command = desk.Command(Verdict.Violation) with { PolicyId = policy.Id };
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(DecideOutcome.PolicyChanged, (await desk.DecideAsync(command)).Outcome);
        await desk.Console.Get<BringPoliciesIntoForce>().RunOnceAsync(Cancel);
        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(command)).Outcome);
    }

    [Fact]
    public async Task Violation_OfAPolicyThatAsksForAReason_IsNotDecidedWithoutOne()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Policy policy = await desk.Console.PolicyAsync();
        await PublishAsync(desk.Console, policy.Id, draft => draft with { ReasonRequired = true });
        DecideCommand command = desk.Command(Verdict.Violation) with { PolicyId = policy.Id };

        Assert.False(desk.Queue.ReasonRequired);
        Assert.Equal(DecideOutcome.ReasonRequired, (await desk.DecideAsync(command)).Outcome);
        Assert.Equal(DecideOutcome.ReasonRequired, (await desk.DecideAsync(command with { ReasonForUser = "  " })).Outcome);
        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(command with { ReasonForUser = "It threatens." })).Outcome);
    }

    [Fact]
    public async Task Policy_LimitedToQueues_IsOfferedAndTakenAtTheirDesksOnly()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Policy here = await desk.Console.PolicyAsync();
        Policy elsewhere = await desk.Console.PolicyAsync();
        CaseQueue other = await desk.Console.QueueAsync([desk.Person]);
        await PublishAsync(desk.Console, here.Id, draft => draft with { Queues = [other.Id, desk.Queue.Id] });
        await PublishAsync(desk.Console, elsewhere.Id, draft => draft with { Queues = [other.Id] });

        DeskCase shown = (await desk.Console.Use<GetDeskCase>().RunAsync(desk.Person, desk.Task.Number, Cancel))!;

        Assert.Equal([(here.Id, 2)], shown.Policies.Select(policy => (policy.Id, policy.VersionNumber)));
        // What is not shown cannot be decided with either, and nothing is lost by trying.
        Assert.Equal(DecideOutcome.PolicyNotHere, (await desk.DecideAsync(desk.Command(Verdict.Violation) with { PolicyId = elsewhere.Id })).Outcome);
        Assert.Equal(TaskState.Leased, (await desk.TaskNowAsync()).State);
        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(desk.Command(Verdict.Violation) with { PolicyId = here.Id })).Outcome);
    }

    private static async Task PublishAsync(TestConsole console, string id, Func<PolicyDraft, PolicyDraft> shape)
    {
        Policy policy = await console.ReadAsync(db => db.Set<Policy>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));
        PolicyDraft draft = new(id, policy.Code, policy.Name, null, policy.Severity, "Text", "", [], "", Version: policy.Version);
        Assert.Equal(SavePolicyOutcome.Saved, await console.Use<SavePolicy>().RunAsync(Caller.System, shape(draft), Cancel));
    }
}
