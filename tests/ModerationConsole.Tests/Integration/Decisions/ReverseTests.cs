using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>A decision whose undo window is over is reversed by a decision of its own, with its own deliveries.</summary>
public sealed class ReverseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_IsTakenBackByItsOwnDecisionAndDelivery()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition restore = await desk.Console.ActionAsync();
        ActionDefinition remove = await ReversibleAsync(desk, restore.Id);
        DecideResult decided = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        await DeliverAsync(desk);

        ReverseResult result = await ReverseAsync(desk, decided.DecisionId);

        Assert.Equal((ReverseOutcome.Reversed, 0), (result.Outcome, result.Stays.Count));
        Decision old = await desk.DecisionAsync(decided.DecisionId);
        Decision reversal = await desk.DecisionAsync(result.DecisionId);
        Assert.Equal((DecisionState.Reversed, DecisionState.Effective), (old.State, reversal.State));
        Assert.Equal((old.Id, Verdict.Allow, "I misread it.", restore.Id), (reversal.ReversesId, reversal.Verdict, reversal.InternalNote, reversal.Actions));
        Assert.Equal(reversal.Id, (await desk.CaseNowAsync()).DecisionId);
        List<EnforcementAction> actions = await desk.OrderedAsync();
        Assert.Equal(
            [(old.Id, remove.Id, EnforcementState.Delivered), (reversal.Id, restore.Id, EnforcementState.Pending)],
            actions.OrderBy(action => action.Id).Select(action => (action.DecisionId!.Value, action.ActionId, action.State)));
        Assert.Equal((actions[0].TargetTypeId, actions[0].TargetItemId), (actions[1].TargetTypeId, actions[1].TargetItemId));
        // Its own hash stands in the audit, as that of any decision.
        Assert.Equal(reversal.Hash, DecisionHash.Of(reversal));
        List<AuditEntry> entries = await desk.Console.ReadAsync(db => db.Set<AuditEntry>().ToListAsync(Cancel));
        Assert.Contains(entries, entry => entry.Act == AuditAct.DecisionMade && entry.Subject == reversal.Id.ToString());
        Assert.Contains(entries, entry => entry.Act == AuditAct.DecisionReversed && entry.Subject == old.Id.ToString());
        Assert.True(await desk.Console.ReadAsync(db => db.Set<CaseEvent>().AnyAsync(row => row.Kind == CaseEventKind.Reversed, Cancel)));
    }

    [Fact]
    public async Task NotSentYet_IsCancelledAndNothingIsSent()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await ReversibleAsync(desk, (await desk.Console.ActionAsync()).Id);
        DecideResult decided = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));

        ReverseResult result = await ReverseAsync(desk, decided.DecisionId);

        Assert.Equal((ReverseOutcome.Reversed, 0), (result.Outcome, result.Ordered.Count));
        Assert.Equal(EnforcementState.Cancelled, Assert.Single(await desk.OrderedAsync()).State);
    }

    [Fact]
    public async Task SentForGood_IsSaidToStay()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition suspend = await desk.Console.ActionAsync(reversible: false);
        DecideResult decided = await desk.DecideAsync(Verdict.Violation, new ActionOrder(suspend.Id));
        await DeliverAsync(desk);

        ReverseResult result = await ReverseAsync(desk, decided.DecisionId);

        Assert.Equal((ReverseOutcome.Reversed, suspend.Name), (result.Outcome, Assert.Single(result.Stays)));
        Assert.Single(await desk.OrderedAsync());
    }

    [Fact]
    public async Task InsideTheUndoWindow_IsUndoneInstead()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation);

        Assert.Equal(ReverseOutcome.StillUndoable, (await ReverseAsync(desk, decided.DecisionId)).Outcome);
        Assert.Equal(DecisionState.Effective, (await desk.DecisionAsync(decided.DecisionId)).State);
    }

    [Fact]
    public async Task Twice_ReversesOnce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));

        ReverseResult[] results = await Task.WhenAll(ReverseAsync(desk, decided.DecisionId), ReverseAsync(desk, decided.DecisionId));

        Assert.Equal([ReverseOutcome.Reversed, ReverseOutcome.NotInForce], results.Select(result => result.Outcome).Order());
        Assert.Equal(2, await desk.Console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task WhatCannotBeReversed_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));
        Caller other = await desk.Console.PersonAsync();

        Assert.Equal(ReverseOutcome.NotYours, (await ReverseAsync(desk, decided.DecisionId, by: other)).Outcome);
        Assert.Equal(ReverseOutcome.NotYours, (await ReverseAsync(desk, Guid.CreateVersion7())).Outcome);
        Assert.Equal(ReverseOutcome.NoteRequired, (await ReverseAsync(desk, decided.DecisionId, " ")).Outcome);
        Assert.Equal(ReverseOutcome.TextTooLong, (await ReverseAsync(desk, decided.DecisionId, new string('x', 5_001))).Outcome);
        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync()).Reopen();
            return 0;
        });
        Assert.Equal(ReverseOutcome.NotInForce, (await ReverseAsync(desk, decided.DecisionId)).Outcome);
    }

    [Fact]
    public async Task ChildSafetyMeanwhile_WithoutItsPermission_IsNotTheirs()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));
        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync()).Sensitivity = Sensitivity.ChildSafety;
            return 0;
        });

        Assert.Equal(ReverseOutcome.NotYours, (await ReverseAsync(desk, decided.DecisionId)).Outcome);
        Assert.Empty(await desk.Console.Use<RecentDecisions>().RunAsync(desk.Person, Cancel));
    }

    [Fact]
    public async Task RecentDecisions_TellWhatCanBeReversed_AndWhatWas()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation);
        Assert.False(Assert.Single(await RecentAsync(desk)).Reversible);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.True(Assert.Single(await RecentAsync(desk)).Reversible);
        await ReverseAsync(desk, decided.DecisionId);

        IReadOnlyList<RecentDecision> then = await RecentAsync(desk);

        Assert.Equal(
            [(DecisionState.Effective, true, false), (DecisionState.Reversed, false, false)],
            then.Select(decision => (decision.State, decision.Reverses, decision.Reversible)));
    }

    private static async Task<ReverseResult> ReverseAsync(DecisionDesk desk, Guid? decisionId, string note = "I misread it.", Caller? by = null) =>
        await desk.Console.Use<ReverseDecision>().RunAsync(by ?? desk.Person, decisionId!.Value, note, Cancel);

    private static async Task<IReadOnlyList<RecentDecision>> RecentAsync(DecisionDesk desk) =>
        await desk.Console.Use<RecentDecisions>().RunAsync(desk.Person, Cancel);

    private static async Task<ActionDefinition> ReversibleAsync(DecisionDesk desk, string by)
    {
        ActionDefinition action = await desk.Console.ActionAsync();
        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == action.Id)).ReversalActionId = by;
            return 0;
        });
        return action;
    }

    private static async Task DeliverAsync(DecisionDesk desk)
    {
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(61));
        await desk.Console.WriteAsync(async scope =>
        {
            EnforcementAction action = await scope.Db.Set<EnforcementAction>().SingleAsync();
            action.Begin(scope.Now.AddSeconds(30));
            action.Deliver(200, scope.Now);
            return 0;
        });
    }
}
