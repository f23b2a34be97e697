using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Disputes;

/// <summary>A decision that was corrected and found right after all has its place again, by a decision of its own with its own deliveries.</summary>
public abstract class RestoringOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Violation_CorrectedAndTakenBackOnThePlatform_IsOrderedAgainAsItWas()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.DeliverAsync();

        DecideDisputeResult result = await room.OverturnAsync();

        Assert.Equal((DecideDisputeOutcome.Decided, CorrectionEnd.Replaced, 0), (result.Outcome, result.Correction, result.Left.Count));
        (Decision first, Decision correction, Decision restored) = await room.ThreeAsync();
        Assert.Equal((DecisionState.Reversed, DecisionState.Reversed, DecisionState.Effective), (first.State, correction.State, restored.State));
        Assert.Equal((correction.Id, room.Decider.Id, Verdict.Violation, first.PolicyId, first.ReasonForUser), (restored.ReversesId, restored.DeciderId, restored.Verdict, restored.PolicyId, restored.ReasonForUser));
        Assert.Equal(restored.Id, (await room.CaseAsync()).DecisionId);
        Assert.Equal(restored.Hash, DecisionHash.Of(restored));
        List<EnforcementAction> actions = await room.OrderedAsync();
        Assert.Equal(
            [(first.Id, room.Remove, EnforcementState.Delivered), (correction.Id, room.PutBack, EnforcementState.Delivered), (restored.Id, room.Remove, EnforcementState.Pending)],
            actions.Select(action => (action.DecisionId!.Value, action.ActionId, action.State)));
        Assert.Equal((actions[0].Target, actions[0].TargetTypeId, actions[0].TargetItemId), (actions[2].Target, actions[2].TargetTypeId, actions[2].TargetItemId));
        Assert.Contains("\"length\":\"7 days\"", actions[2].Body, StringComparison.Ordinal);
        List<AuditEntry> entries = await room.AuditAsync();
        AuditEntry entry = Assert.Single(entries, one => one.Act == AuditAct.DecisionRestored);
        Assert.Equal((room.Decider.Id, $"{first.Id}"), (entry.ActorId, entry.Subject));
        Assert.Contains(entries, one => one.Act == AuditAct.DecisionMade && one.Subject == $"{restored.Id}");
        Assert.Contains(entries, one => one.Act == AuditAct.DecisionReversed && one.Subject == $"{correction.Id}");
        Assert.Contains(entries, one => one.Act == AuditAct.ActionQueued && one.Subject == $"{actions[2].Id}");
        Assert.Equal(CorrectionEnd.Replaced, await room.EndShownAsync());
    }

    [Fact]
    public async Task Correction_ThatHasNotLeftYet_IsCancelledAndNothingIsSentTwice()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);

        await room.OverturnAsync();

        (_, _, Decision restored) = await room.ThreeAsync();
        Assert.Equal([EnforcementState.Delivered, EnforcementState.Cancelled], (await room.OrderedAsync()).Select(action => action.State));
        Assert.Equal((Verdict.Violation, room.Remove), (restored.Verdict, restored.Actions));
    }

    [Fact]
    public async Task Correction_ThatWasTriedOnce_MayHaveArrivedAndIsAnswered()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.TryAsync();

        await room.OverturnAsync();

        Assert.Equal(
            [(room.Remove, EnforcementState.Delivered), (room.PutBack, EnforcementState.Cancelled), (room.Remove, EnforcementState.Pending)],
            (await room.OrderedAsync()).Select(action => (action.ActionId, action.State)));
    }

    [Fact]
    public async Task Violation_CorrectedBeforeItWasSent_IsSentNow()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: false);

        await room.OverturnAsync();

        Assert.Equal(
            [(room.Remove, EnforcementState.Cancelled), (room.Remove, EnforcementState.Pending)], (await room.OrderedAsync()).Select(action => (action.ActionId, action.State)));
    }

    [Fact]
    public async Task Allowed_AndCorrectedToAViolation_IsTakenBackOnThePlatform()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Allow, Verdict.Violation, deliver: false);
        await room.DeliverAsync();

        await room.OverturnAsync();

        (_, _, Decision restored) = await room.ThreeAsync();
        Assert.Equal((Verdict.Allow, null), (restored.Verdict, restored.PolicyId));
        Assert.Equal(
            [(room.Remove, EnforcementState.Delivered), (room.PutBack, EnforcementState.Pending)], (await room.OrderedAsync()).Select(action => (action.ActionId, action.State)));
    }

    [Fact]
    public async Task OtherPolicy_WithTheSameAction_LeavesTheActionAlone()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Violation, deliver: true);

        await room.OverturnAsync();

        (Decision first, Decision correction, Decision restored) = await room.ThreeAsync();
        Assert.NotEqual(correction.PolicyId, restored.PolicyId);
        Assert.Equal((first.PolicyId, room.Remove), (restored.PolicyId, restored.Actions));
        Assert.Equal(EnforcementState.Delivered, Assert.Single(await room.OrderedAsync()).State);
    }

    [Fact]
    public async Task Action_ThatFailedAndWasSentByTheCorrection_IsNeitherTakenBackNorSentAgain()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Violation, deliver: false, fail: true);
        await room.DeliverAsync();

        await room.OverturnAsync();

        Assert.Equal((await room.ThreeAsync()).First.PolicyId, (await room.ThreeAsync()).Restored.PolicyId);
        Assert.Equal(
            [(room.Remove, EnforcementState.Failed), (room.Remove, EnforcementState.Delivered)], (await room.OrderedAsync()).Select(action => (action.ActionId, action.State)));
        Assert.Equal(room.Remove, (await room.ThreeAsync()).Restored.Actions);
    }

    [Fact]
    public async Task Action_ThatIsNotToBeHadAnyMore_IsNamed()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.DeliverAsync();
        await room.ArchiveAsync(room.Remove);

        DecideDisputeResult result = await room.OverturnAsync();

        Assert.Equal((CorrectionEnd.Replaced, "Remove the post"), (result.Correction, Assert.Single(result.Left)));
        Assert.Equal("", (await room.ThreeAsync()).Restored.Actions);
        Assert.Equal(2, (await room.OrderedAsync()).Count);
    }

    [Fact]
    public async Task Case_ThatMovedOn_IsLeftAsItIsAndThePageSaysSo()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.ReopenAsync();
        Case before = await room.CaseAsync();

        DecideDisputeResult result = await room.OverturnAsync();

        Assert.Equal((DecideDisputeOutcome.Decided, CorrectionEnd.CaseMovedOn), (result.Outcome, result.Correction));
        Case after = await room.CaseAsync();
        Assert.Equal((before.State, before.DecisionId, before.Version), (after.State, after.DecisionId, after.Version));
        Assert.Equal(0, await room.RestoredAsync());
        Assert.Equal([EnforcementState.Delivered, EnforcementState.Pending], (await room.OrderedAsync()).Select(action => action.State));
        Assert.DoesNotContain(await room.AuditAsync(), entry => entry.Act == AuditAct.DecisionRestored);
        Assert.Equal(CorrectionEnd.CaseMovedOn, await room.EndShownAsync());
    }

    [Fact]
    public async Task Correction_ThatItsOwnAuthorReversed_IsNotRestoredOver()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Allow, Verdict.Violation, deliver: false);
        Guid correction = (await room.SampleAsync()).CorrectionId!.Value;
        ReverseResult reversed = await room.Console.Use<ReverseDecision>().RunAsync(room.Lead, correction, "My mistake.", Cancel);

        DecideDisputeResult result = await room.OverturnAsync();

        Assert.Equal((ReverseOutcome.Reversed, CorrectionEnd.CaseMovedOn), (reversed.Outcome, result.Correction));
        Assert.Equal(reversed.DecisionId, (await room.CaseAsync()).DecisionId);
        Assert.Equal(CorrectionEnd.CaseMovedOn, await room.EndShownAsync());
    }

    [Fact]
    public async Task Overturned_ByTwoAtOnce_RestoresOnce()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.DeliverAsync();

        DecideDisputeResult[] results = await Task.WhenAll(room.OverturnAsync(), room.OverturnAsync());

        Assert.Equal([DecideDisputeOutcome.Decided, DecideDisputeOutcome.AlreadyDecided], results.Select(result => result.Outcome).Order());
        Assert.Equal(1, await room.RestoredAsync());
        Assert.Equal(3, (await room.OrderedAsync()).Count);
    }

    [Fact]
    public async Task Dispute_Upheld_LeavesTheCorrectionInForce()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);

        DecideDisputeResult result = await room.DecideAsync(DisputeState.Upheld);

        Assert.Equal((DecideDisputeOutcome.Decided, CorrectionEnd.None), (result.Outcome, result.Correction));
        Assert.Equal((await room.SampleAsync()).CorrectionId, (await room.CaseAsync()).DecisionId);
        Assert.Equal(CorrectionEnd.Kept, await room.EndShownAsync());
    }

    [Fact]
    public async Task Case_OfChildSafetySince_IsRestoredByNobody()
    {
        await using RestoringRoom room = await OpenAsync();
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.MarkChildSafetyAsync();
        Guid correction = (await room.SampleAsync()).CorrectionId!.Value;

        DecideDisputeResult result = await room.OverturnAsync();
        RestoredDecision? restored = await room.Console.WriteAsync(scope => room.Console.Get<DecisionRestoring>().RestoreAsync(scope, room.Decider, correction, Cancel));

        Assert.Equal((DecideDisputeOutcome.NotThere, null), (result.Outcome, restored));
        Assert.Equal(correction, (await room.CaseAsync()).DecisionId);
        Assert.Equal(0, await room.RestoredAsync());
    }

    private async Task<RestoringRoom> OpenAsync() => await RestoringRoom.OpenAsync(await server.EmptyAsync());
}

/// <summary>On SQLite.</summary>
public sealed class FileRestoringTests(SqliteFiles server) : RestoringOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRestoringTests(PostgresServer server) : RestoringOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRestoringTests(SqlServerDatabases server) : RestoringOnEach(server), IClassFixture<SqlServerDatabases>;
