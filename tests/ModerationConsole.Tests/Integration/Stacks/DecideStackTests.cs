using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>One submission for a stack: what each member gets of it, and what is left out.</summary>
public sealed class DecideStackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stack_DecidedByOneSubmission_GivesEachMemberADecisionOfItsOwn()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        ActionDefinition remove = await room.Console.ActionAsync();
        ActionDefinition suspend = await room.Console.ActionAsync(target: ActionTarget.Author);
        for (int i = 0; i < 4; i++)
        {
            await room.PostAsync(author: $"u-{i}");
        }

        (LeasedTask drawn, _) = await room.DrawAsync();
        room.Console.Clock.Advance(TimeSpan.FromSeconds(40));
        DecideStackResult result = await room.DecideAsync(drawn, Verdict.Violation, new ActionOrder(remove.Id), new ActionOrder(suspend.Id, ActionTarget.Author));

        Assert.Equal((DecideOutcome.Decided, 3, 0), (result.Shown.Outcome, result.Members, result.LeftOut.Count));
        List<Decision> decisions = await room.AllAsync<Decision>();
        Assert.Equal(4, decisions.Select(row => row.CaseNumber).Distinct().Count());
        Assert.All(decisions, row => Assert.Equal((Verdict.Violation, DecisionState.Effective, (Guid?)room.Person.Id), (row.Verdict, row.State, row.DeciderId)));
        Assert.All(decisions, row => Assert.Equal(row.Hash, DecisionHash.Of(row)));
        Assert.Equal(40, decisions.Sum(row => row.HandlingSeconds), 3);
        List<EnforcementAction> sent = await room.AllAsync<EnforcementAction>();
        Assert.Equal(8, sent.Count);
        Assert.Equal(["u-0", "u-1", "u-2", "u-3"], sent.Where(row => row.Target == ActionTarget.Author).Select(row => row.TargetItemId).Order());
        Assert.All(await room.AllAsync<Case>(), about => Assert.Equal(CaseState.Decided, about.State));
        Assert.Empty(await room.LeasesAsync());
        List<AuditEntry> made = [.. (await room.AllAsync<AuditEntry>()).Where(row => row.Act == AuditAct.DecisionMade)];
        Assert.Equal(4, made.Count);
        Guid stack = (await room.AllAsync<StackedDecision>()).Select(row => row.StackId).Distinct().Single();
        Assert.All(made, entry => Assert.Contains(stack.ToString(), entry.Details));
    }

    [Fact]
    public async Task Member_LeftOut_GoesBackUndecided()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        ReviewTask left = await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        DecideStackResult result = await room.DecideAsync(drawn, [.. (await room.MembersAsync(drawn)).Where(member => member.TaskNumber != left.Number)], Verdict.Allow);

        Assert.Equal((1, 0), (result.Members, result.LeftOut.Count));
        Assert.Equal([left.Number], await room.WaitingAsync());
        Assert.Empty(await room.LeasesAsync());
    }

    [Fact]
    public async Task Stack_ButForTheOneOnTheScreen_GoesBackWhenThatAloneIsDecided()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        DecideResult result = await room.Console.Use<DecideCase>().RunAsync(room.Person, new DecideCommand(drawn.TaskNumber, drawn.Fence, Verdict.Allow), Cancel);

        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Assert.Equal((1, 1), ((await room.WaitingAsync()).Count, await room.CountAsync<Decision>()));
        Assert.Equal(0, await room.CountAsync<StackedDecision>());
    }

    [Fact]
    public async Task Member_ThatChangedSinceItWasShown_IsLeftOut_AndTheOutcomeSaysSo()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        ReviewTask reported = await room.PostAsync();
        ReviewTask revoked = await room.PostAsync();
        ReviewTask stays = await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        IReadOnlyList<StackMember> shown = await room.MembersAsync(drawn);
        await room.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == reported.CaseNumber, Cancel);
            about.Severity = Core.Policies.Severity.Severe;
            return 0;
        });
        Caller lead = await room.Console.PersonAsync(Core.People.Roles.Lead);
        await room.Console.Use<RevokeLease>().RunAsync(lead, revoked.Number, forAnother: true, Cancel);

        DecideStackResult result = await room.DecideAsync(drawn, shown, Verdict.Allow);

        Assert.Equal(1, result.Members);
        Assert.Equal(
            [(reported.Number, StackLeftOutReason.Changed), (revoked.Number, StackLeftOutReason.Gone)],
            result.LeftOut.Select(member => (member.TaskNumber, member.Why)));
        Assert.Equal([reported.Number, revoked.Number], await room.WaitingAsync());
        Assert.Equal(TaskState.Done, (await room.Console.TaskAsync(stays.Number)).State);
    }

    [Fact]
    public async Task Member_WhoseQueueAsksForMore_IsLeftOut()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        CaseQueue strict = await room.Console.QueueAsync([room.Person], queue => queue.ReasonRequired = true);
        await room.PostAsync();
        ReviewTask asks = await room.PostAsync(queue: strict);
        (LeasedTask drawn, _) = await room.DrawAsync();

        DecideStackResult result = await room.DecideAsync(drawn, Verdict.Violation);

        Assert.Equal((asks.Number, StackLeftOutReason.NotPossible), result.LeftOut.Select(member => (member.TaskNumber, member.Why)).Single());
        Assert.Equal([asks.Number], await room.WaitingAsync());
    }

    [Fact]
    public async Task Verdict_ThatTheShownCaseRefuses_DecidesNothing()
    {
        await using StackRoom room = await StackRoom.OpenAsync(shape: queue => queue.PolicyRequired = true);
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        DecideStackResult result = await room.DecideAsync(drawn, Verdict.Violation);

        Assert.Equal((DecideOutcome.PolicyRequired, 0), (result.Shown.Outcome, await room.CountAsync<Decision>()));
        Assert.Equal(2, (await room.LeasesAsync()).Count);
    }

    [Fact]
    public async Task Stack_OfOneAccount_TellsThePlatformTheStrikesThatEachMakes()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        ActionDefinition remove = await room.Console.ActionAsync();
        await room.Console.StepAsync(null, unnamed: 2);
        await room.PostAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        await room.DecideAsync(drawn, Verdict.Violation, new ActionOrder(remove.Id));

        Assert.Equal(
            [2, 4, 6], (await room.AllAsync<EnforcementAction>()).Select(row => (int)JsonNode.Parse(row.Body)!["userStrikeCount"]!).Order());
    }

    [Fact]
    public async Task Submission_SentAgain_AnswersWithTheSame()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        IReadOnlyList<StackMember> shown = await room.MembersAsync(drawn);

        DecideStackResult first = await room.DecideAsync(drawn, shown, Verdict.Allow);
        DecideStackResult second = await room.DecideAsync(drawn, shown, Verdict.Violation);

        Assert.Equal((DecideOutcome.AlreadyDecided, first.Shown.DecisionId, 1), (second.Shown.Outcome, second.Shown.DecisionId, second.Members));
        Assert.Equal(2, await room.CountAsync<Decision>());
    }

    [Fact]
    public async Task Task_ThatIsNoMember_CannotBeDecidedThroughAStack()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller other = await room.Console.PersonAsync();
        await room.PostAsync();
        ReviewTask waiting = await room.PostAsync("Something else entirely, that nobody else has written");
        ReviewTask foreign = await room.PostAsync("Another thing that stands in nobody's way but his own");
        (LeasedTask drawn, _) = await room.DrawAsync();
        ActiveLease held = await room.Console.HoldAsync(other, foreign);
        ActiveLease spare = await room.Console.HoldAsync(room.Person, await room.PostAsync("A third one, about the weather and the trams"), slot: LeaseSlot.Spare);

        DecideStackResult result = await room.Console.Use<DecideStack>().RunAsync(
            room.Person,
            new DecideStackCommand(
                new DecideCommand(drawn.TaskNumber, drawn.Fence, Verdict.Allow),
                [new(waiting.Number, 1, 0), new(foreign.Number, held.Fence, 0), new(spare.TaskNumber, spare.Fence, 0), new(drawn.TaskNumber, drawn.Fence, 0)]),
            Cancel);

        Assert.Equal(0, result.Members);
        Assert.All(result.LeftOut, member => Assert.Equal(StackLeftOutReason.Gone, member.Why));
        Assert.Equal(1, await room.CountAsync<Decision>());
    }

    [Fact]
    public async Task Skipping_GivesAllBack_AndOffersNoneOfThemToThePersonAgain()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller other = await room.Console.PersonAsync();
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = room.Queue.Id, PersonId = other.Id });
            return Task.FromResult(0);
        });
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        await room.Console.Use<ReleaseTask>().RunAsync(room.Person, drawn.TaskNumber, drawn.Fence, exclude: true, Cancel);

        Assert.Equal(2, (await room.WaitingAsync()).Count);
        Assert.Equal(ClaimOutcome.NothingSuitable, await room.Console.TryClaimAsync(room.Person));
        Assert.Equal(1, (await room.DrawAsync(other)).Members);
    }

    [Fact]
    public async Task Expiry_Revocation_AndLeaving_GiveAllBack()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        await room.PostAsync();

        await room.DrawAsync();
        room.Console.Clock.Advance(TimeSpan.FromSeconds(121));
        await room.Console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        Assert.Equal((0, 3), ((await room.LeasesAsync()).Count, (await room.WaitingAsync()).Count));

        (LeasedTask drawn, _) = await room.DrawAsync();
        Caller lead = await room.Console.PersonAsync(Core.People.Roles.Lead);
        await room.Console.Use<RevokeLease>().RunAsync(lead, drawn.TaskNumber, forAnother: false, Cancel);
        Assert.Equal((0, 3), ((await room.LeasesAsync()).Count, (await room.WaitingAsync()).Count));

        await room.DrawAsync();
        await room.Console.WriteAsync(scope => scope.ReleaseAllOfAsync(room.Person, room.Person.Id, LeaseEnd.Released, Cancel));
        Assert.Equal((0, 3), ((await room.LeasesAsync()).Count, (await room.WaitingAsync()).Count));
    }

    [Fact]
    public async Task Heartbeat_KeepsTheWholeStack()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        await room.DrawAsync();
        room.Console.Clock.Advance(TimeSpan.FromSeconds(100));
        await room.Console.Use<KeepLease>().RunAsync(room.Person, Cancel);
        room.Console.Clock.Advance(TimeSpan.FromSeconds(100));
        await room.Console.Get<ExpireLeases>().RunOnceAsync(Cancel);

        List<ActiveLease> leases = await room.LeasesAsync();
        Assert.Equal((2, 1), (leases.Count, leases.Select(lease => lease.ExpiresAt).Distinct().Count()));
    }

    [Fact]
    public async Task MarkedAsChildSafety_TheCaseLeaves_AndItsStackGoesBack()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.Console.QueueAsync(kind: QueueKind.ChildSafety);
        await room.PostAsync();
        ReviewTask member = await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();

        await room.Console.Use<Core.Escalations.MarkChildSafety>().RunAsync(room.Person, drawn.TaskNumber, drawn.Fence, Cancel);

        Assert.Empty(await room.LeasesAsync());
        Assert.Contains(member.Number, await room.WaitingAsync());
        ItemVersion item = await room.Console.ReadAsync(db => (
            from about in db.Set<Case>()
            join version in db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
            where about.Number == drawn.CaseNumber
            select version).SingleAsync(Cancel));
        Assert.Equal((null, null), (item.TextKey, item.TextHash));
    }
}
