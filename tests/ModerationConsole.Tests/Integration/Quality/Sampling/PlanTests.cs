using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Sampling;

public sealed class PlanTests
{
    private static readonly StratumDraft s_new = new("New here", 0.5, new StratumConditions { TenureBelowDays = 28 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<PlanDraft, SavePlanOutcome, int?> Faulty => new()
    {
        { Draft(name: " "), SavePlanOutcome.NameInvalid, null },
        { Draft(name: new string('a', 201)), SavePlanOutcome.NameInvalid, null },
        { Draft(0), SavePlanOutcome.RandomRateInvalid, null },
        { Draft(1.01), SavePlanOutcome.RandomRateInvalid, null },
        { Draft(double.NaN), SavePlanOutcome.RandomRateInvalid, null },
        { Draft(0.1, [.. Enumerable.Range(0, 21).Select(number => s_new with { Name = $"{number}" })]), SavePlanOutcome.TooManyStrata, null },
        { Draft(0.1, s_new with { Name = "" }), SavePlanOutcome.StratumNameInvalid, 0 },
        { Draft(0.1, s_new, s_new with { Name = "NEW here" }), SavePlanOutcome.StratumNameInvalid, 1 },
        { Draft(0.1, s_new with { Rate = 1.1 }), SavePlanOutcome.StratumRateInvalid, 0 },
        { Draft(0.1, s_new with { Rate = -0.1 }), SavePlanOutcome.StratumRateInvalid, 0 },
        { Draft(0.1, s_new, new StratumDraft("All", 0.2, new StratumConditions())), SavePlanOutcome.StratumAsksNothing, 1 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { TenureBelowDays = 0 } }), SavePlanOutcome.ConditionInvalid, 0 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { Languages = ["no tag"] } }), SavePlanOutcome.ConditionInvalid, 0 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { Queues = [Guid.NewGuid()] } }), SavePlanOutcome.ReferenceUnknown, 0 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { Policies = ["pol_none"] } }), SavePlanOutcome.ReferenceUnknown, 0 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { Actions = ["act_none"] } }), SavePlanOutcome.ReferenceUnknown, 0 },
        { Draft(0.1, s_new with { Conditions = new StratumConditions { Teams = [Guid.NewGuid()] } }), SavePlanOutcome.ReferenceUnknown, 0 },
    };

    [Fact]
    public async Task EveryCommand_ByOneWhoDoesNotRunQuality_IsRefused()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        foreach (string role in new[] { Roles.Moderator, Roles.QualityReviewer, Roles.PolicyExpert, Roles.Admin })
        {
            Caller stranger = await room.Console.PersonAsync(role);
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.SaveAsync(Draft(), stranger));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ActivatePlan>().RunAsync(stranger, Guid.NewGuid(), 1, Cancel));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<EndPlan>().RunAsync(stranger, Guid.NewGuid(), Cancel));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ReadPlan>().RunAsync(stranger, Guid.NewGuid(), Cancel));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ListPlans>().RunAsync(stranger, Cancel));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<PreviewPlan>().RunAsync(stranger, Draft(), null, Cancel));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ListSamples>().RunAsync(stranger, new SampleFilter(), Cancel));
        }

        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<SamplingPlan>().CountAsync(Cancel)));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Draft_ThatIsNoPlan_IsRefusedWithItsPlace(PlanDraft draft, SavePlanOutcome outcome, int? stratum)
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();

        Assert.Equal(new SavedPlan(outcome, Stratum: stratum), await room.SaveAsync(draft));

        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<SamplingPlan>().CountAsync(Cancel)));
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.PlanSaved, Cancel)));
    }

    [Fact]
    public async Task Draft_SavedAgain_TakesTheNewStrataAndAStaleOneIsRefused()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        SavedPlan saved = await room.SaveAsync(Draft(0.1, s_new));
        PlanDraft read = (await room.Console.Use<ReadPlan>().RunAsync(room.Lead, saved.Id!.Value, Cancel))!.Draft;

        StratumDraft german = new("German", 0.2, new StratumConditions { Languages = ["de-AT", "DE"], Verdicts = [Verdict.Allow], Automated = false });
        Assert.Equal(SavePlanOutcome.Saved, (await room.SaveAsync(read with { Name = " Weekly ", Strata = [german, s_new] })).Outcome);
        Assert.Equal(SavePlanOutcome.Changed, (await room.SaveAsync(read)).Outcome);

        PlanDraft now = (await room.Console.Use<ReadPlan>().RunAsync(room.Lead, saved.Id!.Value, Cancel))!.Draft;
        Assert.Equal(("Weekly", 0.1), (now.Name, now.RandomRate));
        Assert.Equal([german.Name, s_new.Name], now.Strata.Select(stratum => stratum.Name));
        Assert.Equal(["de"], now.Strata[0].Conditions.Languages);
        Assert.Equal([Verdict.Allow], now.Strata[0].Conditions.Verdicts);
        Assert.False(now.Strata[0].Conditions.Automated);
        Assert.Equal(2, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.PlanSaved && row.ActorId == room.Lead.Id, Cancel)));
    }

    [Fact]
    public async Task Plan_Activated_TakesThePlaceOfThePresentOneAndIsNotChangedAnyMore()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        SamplingPlan first = await room.PlanAsync(0.1);
        SavedPlan next = await room.SaveAsync(Draft(0.2));

        Assert.Equal(new ActivatedPlan(ActivatePlanOutcome.Activated, Ended: first.Name), await room.ActivateAsync(next.Id!.Value));

        IReadOnlyList<PlanRow> rows = await room.Console.Use<ListPlans>().RunAsync(room.Lead, Cancel);
        Assert.Equal([(next.Id!.Value, PlanState.Active), (first.Id, PlanState.Ended)], rows.Select(row => (row.Id, row.State)));
        PlanDraft active = (await room.Console.Use<ReadPlan>().RunAsync(room.Lead, next.Id.Value, Cancel))!.Draft;
        Assert.Equal(SavePlanOutcome.NotDraft, (await room.SaveAsync(active)).Outcome);
        Assert.Equal(ActivatePlanOutcome.NotDraft, (await room.ActivateAsync(next.Id.Value)).Outcome);
        Assert.Equal(EndPlanOutcome.NotActive, await room.Console.Use<EndPlan>().RunAsync(room.Lead, first.Id, Cancel));
        Assert.Equal((2, 1), (await CountAsync(room, AuditAct.PlanActivated), await CountAsync(room, AuditAct.PlanEnded)));
    }

    /// <summary>Two that are activated at once both change this row, so that one of them looks again at which plan draws.</summary>
    [Fact]
    public async Task Plan_Activated_ChangesTheSamplersPlace()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(0.5);
        long before = await room.Console.ReadAsync(db => db.Set<SamplerPlace>().Select(row => row.Version).SingleAsync(Cancel));

        await room.PlanAsync(0.4);

        Assert.True(await room.Console.ReadAsync(db => db.Set<SamplerPlace>().Select(row => row.Version).SingleAsync(Cancel)) > before);
    }

    [Fact]
    public async Task Plan_ChangedSinceItWasRead_IsNotActivated()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        SavedPlan saved = await room.SaveAsync(Draft());
        PlanDraft read = (await room.Console.Use<ReadPlan>().RunAsync(room.Lead, saved.Id!.Value, Cancel))!.Draft;
        await room.SaveAsync(read with { RandomRate = 0.9 });

        Assert.Equal(ActivatePlanOutcome.Changed, (await room.Console.Use<ActivatePlan>().RunAsync(room.Lead, saved.Id.Value, read.Version!.Value, Cancel)).Outcome);
        Assert.Equal(0, await CountAsync(room, AuditAct.PlanActivated));
    }

    [Theory]
    // Of 120 decisions 20 are in German: 120·r₀ ≥ 0.3·(20·0.5 + 100·r₀) from r₀ = 1/30 on, told in steps of 0.1 %.
    [InlineData(120, 0.03, 0.034)]
    [InlineData(120, 0.034, null)]
    // A short past tells of no mix: 30 % of the highest rate.
    [InlineData(60, 0.034, 0.15)]
    [InlineData(60, 0.15, null)]
    public async Task RandomPart_OfLessThanThirtyPercent_IsRefusedWithTheRateThatWouldDo(int history, double rate, double? needed)
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.DecideAsync(history - 20, new Judged { Language = "en" });
        await room.DecideAsync(20, new Judged { Language = "de" });
        room.Console.Clock.Advance(TimeSpan.FromDays(1));
        PlanDraft draft = Draft(rate, new StratumDraft("German", 0.5, new StratumConditions { Languages = ["de"] }));
        SavedPlan saved = await room.SaveAsync(draft);

        PlanForecast forecast = (await room.Console.Use<PreviewPlan>().RunAsync(room.Lead, draft, null, Cancel)).Forecast!;
        ActivatedPlan done = await room.ActivateAsync(saved.Id!.Value);

        Assert.Equal(needed, forecast.NeededRandomRate);
        Assert.Equal((needed is null ? ActivatePlanOutcome.Activated : ActivatePlanOutcome.RandomShareTooSmall, needed), (done.Outcome, done.NeededRandomRate));
        Assert.Equal(needed is null ? 1 : 0, await CountAsync(room, AuditAct.PlanActivated));
    }

    [Fact]
    public async Task Preview_TellsHowManyFromWhomAndHowExact_AndStoresNothing()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.DecideAsync(80, new Judged { Language = "en" });
        await room.DecideAsync(40, new Judged { Language = "de", ByProgram = true });
        room.Console.Clock.Advance(TimeSpan.FromDays(1));

        PlanPreview preview = await room.Console.Use<PreviewPlan>().RunAsync(
            room.Lead, Draft(0.25, new StratumDraft("German", 0.5, new StratumConditions { Languages = ["de"] })), 0.05, Cancel);

        PlanForecast forecast = preview.Forecast!;
        Assert.Equal((120, true, 30d, 10d, 7.5), (forecast.History, forecast.Enough, forecast.PerWeek, forecast.DrawnPerWeek, forecast.RandomPerWeek));
        Assert.Equal(0.75, forecast.RandomShare!.Value, 6);
        Assert.Equal([("German", 10d, 0.5, 5d), (null, 20d, 0.25, 5d)], forecast.Strata.Select(line => (line.Name, line.PerWeek, line.Rate, line.DrawnPerWeek)));
        Assert.Equal([5d, 5d], forecast.People.Select(share => share.DrawnPerWeek));
        Assert.Equal([null, room.Author.Id], forecast.People.Select(share => share.Id).Order());
        Assert.Equal((null, 10d), (Assert.Single(forecast.Teams).Name, forecast.Teams[0].DrawnPerWeek));
        // √(1/3²·E₁² + 2/3²·E₂²) with E² = z²·0.95·0.05/n·(N − n)/(N − 1), n = 20 of each.
        Assert.Equal(0.0595, forecast.HalfWidth!.Value, 3);
        // n₀ = 72.99; n₀/(1 + (n₀ − 1)/120) = 45.6.
        Assert.Equal(new WantedSize(0.05, 46, 0.384), forecast.Wanted);
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<SamplingPlan>().CountAsync(Cancel)));
    }

    private static PlanDraft Draft(double rate = 0.1, params StratumDraft[] strata) => Draft("A plan", rate, strata);

    private static PlanDraft Draft(string name, double rate = 0.1, params StratumDraft[] strata) => new(null, name, rate, strata);

    private static Task<int> CountAsync(SamplingRoom room, AuditAct act) => room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == act, Cancel));
}
