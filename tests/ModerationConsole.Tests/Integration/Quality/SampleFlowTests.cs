using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>From a drawn decision to what is held of it.</summary>
public sealed class SampleFlowTests : IAsyncLifetime
{
    private SampleRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await SampleRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Theory]
    [InlineData(Verdict.Allow)]
    [InlineData(Verdict.Violation)]
    [InlineData(Verdict.CannotReview)]
    public async Task Reviewer_FindingTheSame_SettlesItAsRight(Verdict verdict)
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(verdict));

        await _room.JudgeAsync(_room.Reviewer, sample.TaskNumber, verdict);
        await _room.SettleAsync();

        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Settled, false, true, null), (now.State, now.Wrong, now.Scored, now.AdjudicationTask));
        Assert.Equal(_room.Reviewer.Id, now.ReviewerId);
    }

    [Fact]
    public async Task Reviewer_NamingAnotherPolicy_DisagreesAndAThirdPersonIsAsked()
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(Verdict.Violation));

        await _room.JudgeAsync(_room.Reviewer, sample.TaskNumber, Verdict.Violation, (await _room.Console.PolicyAsync()).Id);
        await _room.SettleAsync();

        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Adjudicating, null), (now.State, now.Wrong));
        ReviewTask third = await _room.Console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == now.AdjudicationTask, Cancel));
        Assert.Equal((TaskKind.Adjudication, sample.DecisionId, TaskState.Waiting), (third.Kind, third.JudgesAgain, third.State));
        Guid[] without = await _room.Console.ReadAsync(db => db.Set<TaskExclusion>().Where(row => row.TaskNumber == third.Number).Select(row => row.PersonId).ToArrayAsync(Cancel));
        Assert.Equal(new[] { _room.Author.Id, _room.Reviewer.Id }.Order(), without.Order());
    }

    [Fact]
    public async Task Review_InsideItsUndoWindow_SettlesNothingAndCanBeTakenBack()
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(Verdict.Allow));
        Decision review = await _room.SubmitAsync(await _room.HoldAsync(_room.Reviewer, sample.TaskNumber), Verdict.Violation, _room.Reviewer);

        await _room.SettleAsync();
        Assert.Equal((SampleState.Waiting, review.Id), ((await _room.SampleNowAsync(sample)).State, (await _room.SampleNowAsync(sample)).ReviewId));
        UndoResult undone = await _room.Console.Use<UndoDecision>().RunAsync(_room.Reviewer, review.Id, Cancel);
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await _room.SettleAsync();

        Assert.Equal(UndoOutcome.Undone, undone.Outcome);
        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Waiting, null, null), (now.State, now.ReviewId, now.ReviewerId));
    }

    [Fact]
    public async Task Adjudicator_FindingTheDecisionRight_SettlesIt()
    {
        QualitySample sample = await _room.DisagreedAsync(Verdict.Allow, Verdict.Violation);

        await _room.JudgeAsync(_room.Lead, sample.AdjudicationTask!.Value, Verdict.Allow);
        await _room.SettleAsync();

        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Settled, false, true, null), (now.State, now.Wrong, now.Scored, now.CorrectionId));
        Assert.Equal(_room.Lead.Id, now.AdjudicatorId);
    }

    [Fact]
    public async Task Adjudicator_FindingTheDecisionWrong_CorrectsItByALinkedDecisionWithItsOwnDelivery()
    {
        QualitySample sample = await _room.DisagreedAsync(Verdict.Allow, Verdict.Violation);

        await _room.JudgeAsync(_room.Lead, sample.AdjudicationTask!.Value, Verdict.Violation);
        await _room.SettleAsync();

        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.ToExplain, true, ErrorKind.FalseNegative, true), (now.State, now.Wrong, now.Error, now.Scored));
        Decision correction = await _room.DecisionNowAsync(now.CorrectionId);
        Assert.Equal((sample.DecisionId, _room.Lead.Id, Verdict.Violation, _room.Policy.Id), (correction.ReversesId, correction.DeciderId, correction.Verdict, correction.PolicyId));
        Assert.Equal(DecisionState.Reversed, (await _room.DecisionNowAsync(sample.DecisionId)).State);
        EnforcementAction sent = Assert.Single(await OrderedAsync());
        Assert.Equal((correction.Id, _room.Action.Id), (sent.DecisionId, sent.ActionId));
        Assert.True(await _room.Console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(entry => entry.Act == AuditAct.DecisionCorrected, Cancel)));
    }

    [Fact]
    public async Task Correction_OfAnotherPolicyWithTheSameAction_SendsNothingTwice()
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(Verdict.Violation));
        string other = (await _room.Console.PolicyAsync()).Id;
        await _room.JudgeAsync(_room.Reviewer, sample.TaskNumber, Verdict.Violation, other);
        await _room.SettleAsync();

        await _room.JudgeAsync(_room.Lead, (await _room.SampleNowAsync(sample)).AdjudicationTask!.Value, Verdict.Violation, other);
        await _room.SettleAsync();

        Decision correction = await _room.DecisionNowAsync((await _room.SampleNowAsync(sample)).CorrectionId);
        Assert.Equal((other, _room.Action.Id), (correction.PolicyId, correction.Actions));
        EnforcementAction only = Assert.Single(await OrderedAsync());
        Assert.Equal((sample.DecisionId, EnforcementState.Pending), (only.DecisionId, only.State));
    }

    [Fact]
    public async Task DecisionNoLongerInForce_FoundWrong_IsNotCorrectedAgain()
    {
        QualitySample sample = await _room.DisagreedAsync(Verdict.Violation, Verdict.Allow);
        await _room.Console.Use<ReverseDecision>().RunAsync(_room.Author, sample.DecisionId, "My mistake.", Cancel);

        await _room.JudgeAsync(_room.Lead, sample.AdjudicationTask!.Value, Verdict.Allow);
        await _room.SettleAsync();

        QualitySample now = await _room.SampleNowAsync(sample);
        Assert.Equal((SampleState.ToExplain, true, null), (now.State, now.Wrong, now.CorrectionId));
    }

    [Fact]
    public async Task Verdicts_OnSamples_CauseNoActionAndChangeNoCase()
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(Verdict.Allow));
        Case before = await CaseAsync(sample);

        await _room.JudgeAsync(_room.Reviewer, sample.TaskNumber, Verdict.Violation);
        await _room.SettleAsync();

        Case after = await CaseAsync(sample);
        Assert.Equal((before.State, before.DecisionId, before.Version), (after.State, after.DecisionId, after.Version));
        Assert.Empty(await OrderedAsync());
    }

    [Fact]
    public async Task CaseThatBecameChildSafety_WhileItsSampleWaits_WithdrawsIt()
    {
        QualitySample sample = await _room.DrawAsync(await _room.DecidedAsync(Verdict.Allow));
        await _room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == sample.CaseNumber, Cancel)).Sensitivity = Sensitivity.ChildSafety;
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == sample.TaskNumber, Cancel);
            await scope.StopWaitingAsync(task.Number, Cancel);
            task.Withdraw(scope.Now);
            return true;
        });

        await _room.SettleAsync();

        Assert.Equal(SampleState.Withdrawn, (await _room.SampleNowAsync(sample)).State);
    }

    [Fact]
    public async Task ChildSafetyCase_MeantToBeMeasured_IsRefused()
    {
        Decision decision = await _room.DecidedAsync(Verdict.Allow);
        await _room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, Cancel)).Sensitivity = Sensitivity.ChildSafety;
            return true;
        });

        DomainRuleException refused = await Assert.ThrowsAsync<DomainRuleException>(() => _room.DrawAsync(decision));

        Assert.Equal("task.not-to-measure", refused.Code);
    }

    [Fact]
    public async Task Opinions_ReadByTheAdjudicator_AreBothAndUnnamed()
    {
        QualitySample sample = await _room.DisagreedAsync(Verdict.Allow, Verdict.Violation);
        Assert.Empty(await _room.Console.Use<ReadOpinions>().RunAsync(_room.Lead, sample.AdjudicationTask!.Value, Cancel));
        await _room.HoldAsync(_room.Lead, sample.AdjudicationTask!.Value);

        IReadOnlyList<UnnamedOpinion> opinions = await _room.Console.Use<ReadOpinions>().RunAsync(_room.Lead, sample.AdjudicationTask!.Value, Cancel);

        Assert.Equal([Verdict.Allow, Verdict.Violation], opinions.Select(opinion => opinion.Verdict).Order());
        Assert.Equal("Remove the post", Assert.Single(opinions.Single(opinion => opinion.Verdict == Verdict.Violation).Actions));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _room.Console.Use<ReadOpinions>().RunAsync(_room.Reviewer, sample.AdjudicationTask!.Value, Cancel));
    }

    private Task<List<EnforcementAction>> OrderedAsync() => _room.Console.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().ToListAsync(Cancel));

    private Task<Case> CaseAsync(QualitySample sample) =>
        _room.Console.ReadAsync(db => db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == sample.CaseNumber, Cancel));
}
