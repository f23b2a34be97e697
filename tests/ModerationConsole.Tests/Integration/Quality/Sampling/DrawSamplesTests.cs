using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Sampling;

public sealed class DrawSamplesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_AtADesk_IsDrawnOnceItsWindowIsOver()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        SamplingRoom room = new(desk.Console, lead, desk.Person, desk.Queue);
        await room.PlanAsync(1);
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(24));
        await room.DrawAsync();
        Assert.Empty(await room.SamplesAsync());

        desk.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await room.DrawAsync();

        Assert.Equal(decided.DecisionId, Assert.Single(await room.SamplesAsync()).DecisionId);
    }

    [Fact]
    public async Task Sample_HoldsWhatDrewItAndWhatHeldThen()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        Policy policy = await room.Console.PolicyAsync(Severity.High);
        CaseQueue queue = await room.Console.QueueAsync([room.Author], shape: one => one.DeadlineMinutes = 90);
        Guid team = await TeamAsync(room);
        SamplingPlan plan = await room.PlanAsync(0.3, new StratumDraft("Spam in German", 1, new StratumConditions { Policies = [policy.Id], Languages = ["de"] }));
        Decision made = (await room.DecideAsync(1, new Judged
        {
            Verdict = Verdict.Violation,
            PolicyId = policy.Id,
            Language = "de-AT",
            Severity = Severity.Severe,
            Queue = queue,
        }))[0];
        room.Settle();
        await room.DrawAsync();

        QualitySample sample = Assert.Single(await room.SamplesAsync());
        SamplingStratum stratum = await room.Console.ReadAsync(db => db.Set<SamplingStratum>().SingleAsync(Cancel));
        Assert.Equal((made.Id, made.CaseNumber, plan.Id, (Guid?)stratum.Id, 1d), (sample.DecisionId, sample.CaseNumber, sample.PlanId, sample.StratumId, sample.Rate));
        Assert.Equal(SampleDraw.Of(made.Id, Guid.Parse(plan.Salt)) < 0.3, sample.Random);
        Assert.Equal((room.Author.Id, (Guid?)team, "de", Severity.Severe, queue.Id), (sample.DeciderId, sample.TeamId, sample.Language, sample.Severity, sample.QueueId));
        Assert.Equal((Verdict.Violation, policy.Id, SampleState.Waiting, false), (sample.Verdict, sample.PolicyId, sample.State, sample.Scored));
        // By the policy that was named; the case itself stood for severe.
        Assert.Equal(5, sample.Weight);

        ReviewTask task = await room.Console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == sample.TaskNumber, Cancel));
        Assert.Equal((TaskKind.Qa, (Guid?)made.Id, queue.Id, made.CaseNumber), (task.Kind, task.JudgesAgain, task.QueueId, task.CaseNumber));
        Assert.Equal(room.Console.Clock.Now().AddMinutes(90), task.DueAt);
        Assert.Equal([room.Author.Id], await room.Console.ReadAsync(db => db.Set<TaskExclusion>().Where(row => row.TaskNumber == task.Number).Select(row => row.PersonId).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Policy_WithAWeightOfItsOwn_GivesItToItsSamples()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        Policy policy = await room.Console.PolicyAsync(Severity.Low);
        await room.Console.Use<SaveQualityWeight>().RunAsync(room.Lead, policy.Id, 7.5, null, Cancel);
        await room.PlanAsync(1);
        await room.DecideAsync(1, new Judged { Verdict = Verdict.Violation, PolicyId = policy.Id });
        await room.DecideAsync(1, new Judged { Severity = Severity.High });
        room.Settle();
        await room.DrawAsync();

        Assert.Equal([5, 7.5], (await room.SamplesAsync()).Select(sample => sample.Weight).Order());
    }

    [Fact]
    public async Task Decisions_ThatAreNoWorkToJudge_AreNeitherCountedNorDrawn()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.DecideAsync(1);
        room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await room.PlanAsync(1);
        Decision plain = (await room.DecideAsync(1))[0];
        await room.DecideAsync(1, new Judged { Sensitivity = Sensitivity.ChildSafety });
        await room.DecideAsync(1, new Judged { Kind = TaskKind.Golden });
        await room.DecideAsync(1, new Judged { Reverses = plain.Id });
        Decision undone = (await room.DecideAsync(1))[0];
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Decision>().SingleAsync(row => row.Id == undone.Id, Cancel)).Undo(scope.Now);
            return 0;
        });
        room.Settle();
        await room.DrawAsync();

        Assert.Equal(plain.Id, Assert.Single(await room.SamplesAsync()).DecisionId);
        Assert.Equal(1, (await room.CountedAsync(PopulationBy.All))[""]);
    }

    [Fact]
    public async Task Sample_OfAPersonsDecision_IsKeptFromThatPerson()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(1);
        await room.DecideAsync(1);
        room.Settle();
        await room.DrawAsync();

        TaskExclusion without = await room.Console.ReadAsync(db => db.Set<TaskExclusion>().SingleAsync(Cancel));
        Assert.Equal((Assert.Single(await room.SamplesAsync()).TaskNumber, room.Author.Id), (without.TaskNumber, without.PersonId));
    }

    [Fact]
    public async Task Case_OfChildSafetySinceItsDecisionWasRead_IsNotDrawn()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(1);
        await room.DecideAsync(1);
        room.Settle();
        SamplerBatch batch = (await room.Console.ReadAsync(db => SamplerBatch.ReadAsync(db, room.Console.Clock.GetUtcNow(), Cancel)))!;
        await room.Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);

        Assert.True(await room.Console.WriteAsync(scope => SampleDrawing.RunAsync(scope, batch, Cancel)));

        Assert.Empty(await room.SamplesAsync());
    }

    [Fact]
    public async Task DecisionOfAProgram_IsDrawnLikeAnyOtherAndKeptFromNobody()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(0.3, new StratumDraft("Programs", 1, new StratumConditions { Automated = true }));
        await room.DecideAsync(1, new Judged { ByProgram = true });
        room.Settle();
        await room.DrawAsync();

        QualitySample sample = Assert.Single(await room.SamplesAsync());
        Assert.Null(sample.DeciderId);
        Assert.Equal(new Dictionary<string, int> { [""] = 1 }, await room.CountedAsync(PopulationBy.Decider));
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<TaskExclusion>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Decision_BelongsToThePlanOfItsTime_HoweverLateItIsLookedAt()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        SamplingPlan first = await room.PlanAsync(1);
        Decision before = (await room.DecideAsync(1))[0];
        room.Console.Clock.Advance(TimeSpan.FromSeconds(5));
        SamplingPlan second = await room.PlanAsync(1);
        Decision after = (await room.DecideAsync(1))[0];
        room.Console.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(EndPlanOutcome.Ended, await room.Console.Use<EndPlan>().RunAsync(room.Lead, second.Id, Cancel));
        await room.DecideAsync(1);
        room.Settle();
        await room.DrawAsync();

        Assert.Equal([(before.Id, first.Id), (after.Id, second.Id)], (await room.SamplesAsync()).Select(sample => (sample.DecisionId, sample.PlanId)));
        Assert.Equal(2, (await room.CountedAsync(PopulationBy.All))[""]);
    }

    [Fact]
    public async Task MoreThanABatch_FinalInOneInstant_IsLookedAtTogether()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(1);
        await room.DecideAsync(51);
        room.Settle();

        Assert.True(await room.Console.Get<DrawSamples>().DrawSomeAsync(Cancel));
        Assert.False(await room.Console.Get<DrawSamples>().DrawSomeAsync(Cancel));

        Assert.Equal(51, (await room.SamplesAsync()).Count);
        Assert.Equal(51, (await room.CountedAsync(PopulationBy.All))[""]);
    }

    [Fact]
    public async Task ArchivedQueue_TakesNoSamples_TheFallbackDoes()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        CaseQueue gone = await room.Console.QueueAsync();
        CaseQueue fallback = await room.Console.QueueAsync(shape: queue => queue.IsFallback = true);
        await room.PlanAsync(1);
        await room.DecideAsync(1, new Judged { Queue = gone });
        await room.Console.WriteAsync(async scope => (await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == gone.Id, Cancel)).Archived = true);
        room.Settle();
        await room.DrawAsync();

        QualitySample sample = Assert.Single(await room.SamplesAsync());
        Assert.Equal(gone.Id, sample.QueueId);
        Assert.Equal(fallback.Id, (await room.Console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == sample.TaskNumber, Cancel))).QueueId);
    }

    private static Task<Guid> TeamAsync(SamplingRoom room) => room.Console.WriteAsync(async scope =>
    {
        Team team = scope.Db.Add(new Team { Name = "North" }).Entity;
        (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == room.Author.Id, Cancel)).TeamId = team.Id;
        return team.Id;
    });
}
