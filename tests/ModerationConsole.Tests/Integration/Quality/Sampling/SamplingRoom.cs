using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Sampling;

/// <summary>What a test wants of a decision.</summary>
internal sealed record Judged
{
    public Verdict Verdict { get; init; } = Verdict.Allow;

    public string? PolicyId { get; init; }

    public string Actions { get; init; } = "";

    public string? Language { get; init; }

    public Severity Severity { get; init; }

    public Sensitivity Sensitivity { get; init; }

    public TaskKind Kind { get; init; } = TaskKind.First;

    public Guid? Reverses { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(20);

    public bool ByProgram { get; init; }

    public CaseQueue? Queue { get; init; }
}

/// <summary>A lead who plans, an author who decides, and the sampler.</summary>
internal sealed class SamplingRoom(TestConsole console, Caller lead, Caller author, CaseQueue queue) : IAsyncDisposable
{
    public TestConsole Console => console;

    public Caller Lead => lead;

    public Caller Author => author;

    public CaseQueue Queue => queue;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SamplingRoom> OpenAsync(Dictionary<string, string?>? settings = null)
    {
        TestConsole console = await TestConsole.StartAsync(settings);
        Caller author = await console.PersonAsync();
        return new SamplingRoom(console, await console.PersonAsync(Roles.Lead), author, await console.QueueAsync([author]));
    }

    /// <summary>A plan that is active from now on.</summary>
    public async Task<SamplingPlan> PlanAsync(double randomRate, params StratumDraft[] strata)
    {
        SavedPlan saved = await SaveAsync(new PlanDraft(null, "A plan", randomRate, strata));
        Assert.Equal(SavePlanOutcome.Saved, saved.Outcome);
        Assert.Equal(ActivatePlanOutcome.Activated, (await ActivateAsync(saved.Id!.Value)).Outcome);
        return await console.ReadAsync(db => db.Set<SamplingPlan>().AsNoTracking().SingleAsync(row => row.Id == saved.Id, Cancel));
    }

    public Task<SavedPlan> SaveAsync(PlanDraft draft, Caller? by = null) => console.Use<SavePlan>().RunAsync(by ?? lead, draft, Cancel);

    public async Task<ActivatedPlan> ActivateAsync(Guid id)
    {
        PlanDetails? read = await console.Use<ReadPlan>().RunAsync(lead, id, Cancel);
        return await console.Use<ActivatePlan>().RunAsync(lead, id, read!.Draft.Version!.Value, Cancel);
    }

    /// <summary>Decisions made now, each of a case of its own.</summary>
    public async Task<List<Decision>> DecideAsync(int count, Judged? judged = null)
    {
        judged ??= new Judged();
        List<Decision> made = [];
        for (int number = 0; number < count; number++)
        {
            (Case about, ReviewTask task) = await console.CaseAsync(judged.Queue ?? queue, kind: judged.Kind, language: judged.Language, sensitivity: judged.Sensitivity);
            made.Add(await console.WriteAsync(async scope =>
            {
                Decision decision = new()
                {
                    CaseNumber = about.Number,
                    CaseVersion = about.CaseVersion,
                    TaskNumber = task.Number,
                    DeciderId = judged.ByProgram ? null : author.Id,
                    DecidedAt = scope.Now,
                    UndoUntil = scope.Now + judged.Window,
                    Verdict = judged.Verdict,
                    PolicyId = judged.PolicyId,
                    Actions = judged.Actions,
                    ReversesId = judged.Reverses,
                    Snapshot = Seen(about, judged.Severity),
                };
                scope.Db.Add(decision);
                await scope.StopWaitingAsync(task.Number, Cancel);
                (await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel)).Finish(scope.Now);
                return decision;
            }));
        }

        return made;
    }

    /// <summary>Lets everything that was decided become final.</summary>
    public void Settle() => console.Clock.Advance(TimeSpan.FromMinutes(2));

    public Task DrawAsync() => console.Get<DrawSamples>().RunOnceAsync(Cancel);

    public Task<List<QualitySample>> SamplesAsync() =>
        console.ReadAsync(db => db.Set<QualitySample>().AsNoTracking().OrderBy(row => row.DecidedAt).ThenBy(row => row.TaskNumber).ToListAsync(Cancel));

    /// <summary>What was counted, by what it was counted by and its key.</summary>
    public Task<Dictionary<string, int>> CountedAsync(PopulationBy by) => console.ReadAsync(db => db.Set<PopulationCount>().Where(row => row.By == by)
        .GroupBy(row => row.Key).ToDictionaryAsync(group => group.Key, group => group.Sum(row => row.Decisions), Cancel));

    /// <summary>Those of the decisions that this plan's random part draws.</summary>
    public static Guid[] DrawnBy(SamplingPlan plan, IEnumerable<Decision> decisions, double rate) =>
        [.. decisions.Select(one => one.Id).Where(id => Core.Quality.SampleDraw.Of(id, Guid.Parse(plan.Salt)) < rate).Order()];

    public ValueTask DisposeAsync() => console.DisposeAsync();

    private static string Seen(Case about, Severity severity) => new DecisionSnapshot
    {
        ItemVersionId = about.ItemVersionId,
        ItemHash = "",
        Source = about.Source,
        Sensitivity = about.Sensitivity,
        Severity = severity,
        QueueId = Guid.Empty,
        Reports = [],
        Related = [],
        Media = [],
        Earlier = [],
    }.Write();
}
