using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class DecideRulesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ViolationWithoutPolicy_WhereTheQueueAsksForOne_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(queue => queue.PolicyRequired = true);

        Assert.Equal(DecideOutcome.PolicyRequired, (await desk.DecideAsync(Verdict.Violation)).Outcome);
        Assert.Equal(TaskState.Leased, (await desk.TaskNowAsync()).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \t\r\n ")]
    [InlineData("\u200b\u200c\u2060\ufeff")]
    [InlineData("\u00a0\u3000\u2007")]
    [InlineData("\u3164\u115f\u2800")]
    [InlineData("\u0301\u0001\u007f")]
    public async Task ReasonOfBlanks_WhereTheQueueAsksForOne_IsNoReason(string? reason)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(queue => queue.ReasonRequired = true);

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Violation) with { ReasonForUser = reason });

        Assert.Equal(DecideOutcome.ReasonRequired, result.Outcome);
        Assert.Equal(0, await desk.CountAsync<Decision>());
    }

    [Fact]
    public async Task AllowAndCannotReview_NeedNeitherPolicyNorReason()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(queue => (queue.PolicyRequired, queue.ReasonRequired) = (true, true));

        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(Verdict.Allow)).Outcome);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("whatever")]
    public async Task CannotReview_WithoutAKnownCode_IsRefused(string? code)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.CannotReview) with { CannotReviewCode = code });

        Assert.Equal(DecideOutcome.ReasonRequired, result.Outcome);
    }

    [Theory]
    [InlineData(Verdict.Allow)]
    [InlineData(Verdict.CannotReview)]
    public async Task VerdictsOtherThanViolation_OrderNothing(Verdict verdict)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        DecideCommand command = desk.Command(verdict) with { CannotReviewCode = CannotReviewCodes.Broken };

        Assert.Equal(DecideOutcome.ActionNotAllowed, (await desk.DecideAsync(command with { Actions = [new ActionOrder(remove.Id)] })).Outcome);
        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(command)).Outcome);
        Assert.Equal(0, await desk.CountAsync<EnforcementAction>());
    }

    [Fact]
    public async Task PolicyThatIsNoneOrArchived_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Policy old = await desk.Console.PolicyAsync();
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<Policy>().SingleAsync(row => row.Id == old.Id, Cancel)).Archived = true);

        foreach (string id in (string[])["pol_none", old.Id])
        {
            Assert.Equal(DecideOutcome.UnknownPolicy, (await desk.DecideAsync(desk.Command(Verdict.Violation) with { PolicyId = id })).Outcome);
        }
    }

    [Fact]
    public async Task TextsOverTheirLength_AreRefusedNotCut()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        string text = new('a', 5_001);

        Assert.Equal(DecideOutcome.TextTooLong, (await desk.DecideAsync(desk.Command(Verdict.Violation) with { ReasonForUser = text })).Outcome);
        Assert.Equal(DecideOutcome.TextTooLong, (await desk.DecideAsync(desk.Command(Verdict.Violation) with { InternalNote = text })).Outcome);
    }

    [Fact]
    public async Task HostileText_IsStoredAsTextWithoutControlCharacters()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Violation) with { ReasonForUser = " <script>\0alert(1)\u001b</script>\r\nא\ud800 " });

        Decision decision = await desk.DecisionAsync(result.DecisionId);
        Assert.Equal("<script>alert(1)</script>\nא\ufffd", decision.ReasonForUser);
        Assert.Equal(decision.Hash, DecisionHash.Of(decision));
    }

    [Fact]
    public async Task HiddenArchivedOrUnknownAction_IsRefused()
    {
        ActionDefinition hidden = null!;
        await using TestConsole console = await TestConsole.StartAsync();
        hidden = await console.ActionAsync();
        ActionDefinition archived = await console.ActionAsync();
        await console.WriteAsync(async scope => (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == archived.Id, Cancel)).Archived = true);
        DecisionDesk desk = await DecisionDesk.OpenAsync(queue => queue.HiddenActions = $"act_other, {hidden.Id}", console: console);

        foreach (string id in (string[])[hidden.Id, archived.Id, "act_none"])
        {
            DecideResult result = await desk.DecideAsync(Verdict.Violation, new ActionOrder(id));
            Assert.Equal(
                (DecideOutcome.ActionNotAllowed, new ActionProblem("/actions/0/actionId", ActionProblemCode.UnknownAction)), (result.Outcome, result.Problem));
        }
    }

    [Fact]
    public async Task ActionForOtherItemTypes_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition action = await desk.Console.ActionAsync();
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == action.Id, Cancel)).ItemTypes = "comment");

        DecideResult result = await desk.DecideAsync(Verdict.Violation, new ActionOrder(action.Id));

        Assert.Equal(ActionProblemCode.NotForItemType, result.Problem?.Code);
    }

    [Fact]
    public async Task Targets_MustSuitTheActionAndBelongToTheCase()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        ActionDefinition suspend = await desk.Console.ActionAsync(target: ActionTarget.Author);

        async Task<ActionProblemCode?> ProblemAsync(ActionOrder order) => (await desk.DecideAsync(Verdict.Violation, order)).Problem?.Code;

        Assert.Equal(ActionProblemCode.NotForTarget, await ProblemAsync(new ActionOrder(remove.Id, ActionTarget.Author)));
        Assert.Equal(ActionProblemCode.NotForTarget, await ProblemAsync(new ActionOrder(suspend.Id)));
        Assert.Equal(ActionProblemCode.UnknownTarget, await ProblemAsync(new ActionOrder(remove.Id, ActionTarget.RelatedItem, new TargetItem("post", "p-elsewhere"))));
        Assert.Equal(ActionProblemCode.TooMany, (await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id), new ActionOrder(remove.Id))).Problem?.Code);
    }

    [Fact]
    public async Task ItemAuthorAndRelatedItem_AreActedOnInOneSubmission()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        (Case other, _) = await desk.Console.CaseAsync(desk.Queue, itemId: "p-thread");
        await desk.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new RelatedItem { CaseNumber = desk.Case.Number, ItemVersionId = other.ItemVersionId, Relation = ItemRelation.Thread });
            return Task.FromResult(0);
        });
        ActionDefinition remove = await desk.Console.ActionAsync();
        ActionDefinition suspend = await desk.Console.ActionAsync(target: ActionTarget.Author);

        DecideResult result = await desk.DecideAsync(
            Verdict.Violation, new ActionOrder(remove.Id), new ActionOrder(suspend.Id, ActionTarget.Author),
            new ActionOrder(remove.Id, ActionTarget.RelatedItem, new TargetItem("post", "p-thread")));

        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Assert.Equal(
            [("post", ActionTarget.Item), ("account", ActionTarget.Author), ("post", ActionTarget.RelatedItem)],
            result.Ordered.Select(row => (row.TypeId, row.Target)));
        Assert.Equal(["u-1", "p-thread"], result.Ordered.Skip(1).Select(row => row.ItemId));
    }

    [Fact]
    public async Task Parameters_AreHeldAgainstTheActionsSpec()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition action = await desk.Console.ActionAsync();
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == action.Id, Cancel)).Parameters =
            ActionParameters.Write([new ActionParameter("days", ParameterType.Number, Required: true)]));

        async Task<ActionProblem?> ProblemAsync(JsonObject? values) =>
            (await desk.DecideAsync(Verdict.Violation, new ActionOrder(action.Id, Parameters: values))).Problem;

        Assert.Equal(new ActionProblem("/actions/0/parameters/days", ActionProblemCode.ParameterMissing), await ProblemAsync(null));
        Assert.Equal(new ActionProblem("/actions/0/parameters/days", ActionProblemCode.ParameterWrong), await ProblemAsync(new JsonObject { ["days"] = "7" }));
        Assert.Equal(
            new ActionProblem("/actions/0/parameters/a~1b", ActionProblemCode.ParameterUnknown), await ProblemAsync(new JsonObject { ["days"] = 7, ["a/b"] = 1 }));
        Assert.Null(await ProblemAsync(new JsonObject { ["days"] = 7 }));
        Assert.Contains("\"custom\":{\"days\":7}", Assert.Single(await desk.OrderedAsync()).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, QueueKind.Review, null, 20)]
    [InlineData(false, QueueKind.Review, null, 60)]
    [InlineData(false, QueueKind.Emergency, null, 0)]
    [InlineData(false, QueueKind.Review, "3", 3)]
    public async Task UndoWindow_FollowsActionQueueAndSetting(bool reversible, QueueKind kind, string? setting, int seconds)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(
            kind: kind, role: Core.People.Roles.PolicyExpert, settings: new() { ["Enforcement:UndoSeconds"] = setting });
        ActionDefinition remove = await desk.Console.ActionAsync(reversible: reversible);

        DecideResult result = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));

        Assert.Equal(seconds == 0 ? null : desk.Console.Clock.GetUtcNow().AddSeconds(seconds), result.UndoUntil);
        Assert.Equal(desk.Console.Clock.GetUtcNow().AddSeconds(seconds), Assert.Single(await desk.OrderedAsync()).NotBefore);
    }
}
