using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support;

/// <summary>Samples that are alike: what was decided, by whom, and what came of judging it again.</summary>
public sealed record SampleKind
{
    public Guid? StratumId { get; init; }

    public double Rate { get; init; } = 0.1;

    public bool Random { get; init; } = true;

    public Guid? DeciderId { get; init; }

    public Verdict Verdict { get; init; } = Verdict.Allow;

    public string? PolicyId { get; init; }

    public double Weight { get; init; } = 1;

    public SampleState State { get; init; } = SampleState.Settled;

    public bool Scored { get; init; } = true;

    /// <summary>What the second person found, where that differs; a third person was asked then.</summary>
    public (Verdict Verdict, string? PolicyId)? Second { get; init; }

    /// <summary>What the third person found; what the second did where null.</summary>
    public (Verdict Verdict, string? PolicyId)? Third { get; init; }

    public ErrorKind? Error { get; init; }

    public RootCause? Cause { get; init; }
}

/// <summary>Puts a plan, the sizes of its strata and samples straight into the database, around one case.</summary>
public sealed class SampleSet
{
    private readonly Guid _plan = Guid.CreateVersion7();

    public required long CaseNumber { get; init; }

    public required Guid QueueId { get; init; }

    /// <summary>When all of it was decided, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Adds the plan with strata of these names. It has ended, so that it draws nothing more.</summary>
    public IReadOnlyList<SamplingStratum> AddPlan(WriteScope scope, Guid madeBy, params IReadOnlyList<string> strata)
    {
        SamplingPlan plan = new() { Id = _plan, Name = "Everything", RandomRate = 0.05, Salt = $"{Guid.NewGuid()}", MadeBy = madeBy, MadeAt = At };
        plan.Activate(At.AddDays(-90));
        plan.End(At);
        scope.Db.Add(plan);
        SamplingStratum[] rows = [.. strata.Select((name, place) => new SamplingStratum { PlanId = plan.Id, Position = place, Name = name, Rate = 0.2 })];
        scope.Db.AddRange(rows);
        return rows;
    }

    /// <summary>Adds how many decisions fell into a stratum; null for the rest.</summary>
    public void Count(WriteScope scope, Guid? stratum, int decisions, PopulationBy by = PopulationBy.All, string key = "", int daysAgo = 0) =>
        scope.Db.Add(new PopulationCount
        {
            PlanId = _plan, StratumId = stratum ?? Guid.Empty, By = by, Key = key, Decisions = decisions, Day = DateOnly.FromDateTime(At.UtcDateTime).AddDays(-daysAgo),
        });

    /// <summary>Adds so many samples that are alike, and returns them.</summary>
    public async Task<IReadOnlyList<QualitySample>> AddAsync(WriteScope scope, int many, SampleKind kind, DateTimeOffset? at = null, long? about = null)
    {
        DateTimeOffset then = at ?? At;
        List<QualitySample> samples = [];
        for (int i = 0; i < many; i++)
        {
            ReviewTask task = ReviewTask.Create(about ?? CaseNumber, 1, TaskKind.Qa, QueueId, 50, Instant.Never, then);
            task.Finish(then);
            scope.Db.Add(task);
            await scope.Db.SaveChangesAsync();
            Decision first = Decide(scope, task, kind.Verdict, kind.PolicyId, kind.DeciderId, then);
            (Verdict Verdict, string? PolicyId)? right = kind.Third ?? kind.Second;
            bool settled = kind.State == SampleState.Settled;
            bool wrong = right is { } found && found != (kind.Verdict, kind.PolicyId);
            QualitySample sample = new()
            {
                DecisionId = first.Id, CaseNumber = task.CaseNumber, PlanId = _plan, StratumId = kind.StratumId, Rate = kind.Rate, Random = kind.Random, DrawnAt = then,
                DecidedAt = then, DeciderId = kind.DeciderId, QueueId = QueueId, Verdict = kind.Verdict, PolicyId = kind.PolicyId, Weight = kind.Weight,
                TaskNumber = task.Number, State = kind.State, Scored = settled && kind.Scored, Wrong = settled ? wrong : null, Error = kind.Error, Cause = kind.Cause,
                ReviewId = settled ? Decide(scope, task, kind.Second?.Verdict ?? kind.Verdict, kind.Second is { } second ? second.PolicyId : kind.PolicyId, null, then).Id : null,
                AdjudicationId = settled && right is { } last ? Decide(scope, task, last.Verdict, last.PolicyId, null, then).Id : null,
                RightVerdict = wrong ? right?.Verdict : null, RightPolicyId = wrong ? right?.PolicyId : null,
            };
            scope.Db.Add(sample);
            samples.Add(sample);
        }

        return samples;
    }

    private static Decision Decide(WriteScope scope, ReviewTask task, Verdict verdict, string? policy, Guid? by, DateTimeOffset at)
    {
        Decision decision = new() { CaseNumber = task.CaseNumber, CaseVersion = 1, TaskNumber = task.Number, DeciderId = by, DecidedAt = at, Verdict = verdict, PolicyId = policy, UndoUntil = at };
        scope.Db.Add(decision);
        return decision;
    }
}
