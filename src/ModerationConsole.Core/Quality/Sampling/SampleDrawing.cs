using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Looks at a batch of decisions inside a write: counts each once and draws those whose draw says so.</summary>
internal static class SampleDrawing
{
    /// <summary>Draws, and moves the sampler on; false where another was quicker, and nothing is changed.</summary>
    public static async Task<bool> RunAsync(WriteScope scope, SamplerBatch batch, CancellationToken cancellationToken)
    {
        SamplerPlace place = await scope.Db.Set<SamplerPlace>().SingleAsync(cancellationToken).ConfigureAwait(false);
        if (place.At != batch.After)
        {
            return false;
        }

        place.At = batch.Upto;
        place.DecisionId = batch.Rows is [.., { } last] ? last.Row.Id : place.DecisionId;
        PopulationTally tally = new();
        Lazy<Task<Weights>> weights = new(() => Weights.ReadAsync(scope.Db, batch, cancellationToken));
        foreach ((DecidedRow row, Severity severity, DrawingPlan plan) in batch.Rows)
        {
            DecidedFacts facts = row.Facts(severity);
            int stratum = plan.Strata.PlaceOf(facts);
            tally.Count(plan, stratum, row, facts);
            DrawnBy drawnBy = SampleDraw.By(SampleDraw.Of(row.Id, plan.Salt), plan.Strata.RandomRate, plan.Strata.OwnRate(stratum));
            if (drawnBy != DrawnBy.Nothing)
            {
                await DrawAsync(scope, row, facts, plan, stratum, drawnBy == DrawnBy.Random, await weights.Value.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
        }

        await tally.KeepAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task DrawAsync(
        WriteScope scope, DecidedRow row, DecidedFacts facts, DrawingPlan plan, int stratum, bool random, Weights weights, CancellationToken cancellationToken)
    {
        Case? about = await scope.Db.Set<Case>().AsNoTracking().SingleOrDefaultAsync(one => one.Number == row.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (about is null or { Sensitivity: Sensitivity.ChildSafety })
        {
            // It became so since it was read.
            return;
        }

        CaseQueue queue = await QueueAsync(scope.Db, row.QueueId, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.QueueMeasuringAsync(
            Caller.System, about,
            new MeasuringOrder(TaskKind.Qa, row.Id, row.CaseVersion, queue.Id)
            {
                DueAt = queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : Instant.Never,
                Without = row.DeciderId is { } author ? [author] : [],
            },
            cancellationToken).ConfigureAwait(false);
        QualitySample sample = new()
        {
            DecisionId = row.Id,
            CaseNumber = row.CaseNumber,
            PlanId = plan.Plan.Id,
            StratumId = stratum == PlanStrata.Rest ? null : plan.StratumIds[stratum],
            Rate = plan.Strata.RateOf(stratum),
            Random = random,
            DrawnAt = scope.Now,
            DecidedAt = row.DecidedAt,
            DeciderId = row.DeciderId,
            TeamId = row.TeamId,
            QueueId = row.QueueId,
            Verdict = row.Verdict,
            PolicyId = row.PolicyId,
            Language = facts.Language,
            Severity = facts.Severity,
            Weight = weights.Of(row.PolicyId, facts.Severity),
            TaskNumber = task.Number,
        };
        scope.Db.Add(sample);
        scope.Record(Caller.System, AuditAct.SampleDrawn, row.CaseNumber, task.Number, sample.Id.ToString(), new Dictionary<string, object?>
        {
            ["decision"] = sample.DecisionId,
            ["plan"] = sample.PlanId,
            ["random"] = sample.Random,
            ["rate"] = sample.Rate,
            ["stratum"] = sample.StratumId,
        });
    }

    // An archived queue takes no new tasks.
    private static async Task<CaseQueue> QueueAsync(ConsoleDbContext db, Guid queueId, CancellationToken cancellationToken)
    {
        List<CaseQueue> queues = await db.Set<CaseQueue>().AsNoTracking().Where(row => row.Id == queueId || row.IsFallback).ToListAsync(cancellationToken).ConfigureAwait(false);
        CaseQueue own = queues.Single(row => row.Id == queueId);
        return own.Archived ? queues.Find(row => row.IsFallback) ?? own : own;
    }

    /// <summary>What errors weigh under the policies of a batch.</summary>
    private sealed class Weights(Dictionary<string, double> given, Dictionary<string, Severity> severities)
    {
        public static async Task<Weights> ReadAsync(ConsoleDbContext db, SamplerBatch batch, CancellationToken cancellationToken)
        {
            List<string> policies = [.. batch.Rows.Select(row => row.Row.PolicyId).OfType<string>().Distinct(StringComparer.Ordinal)];
            return new Weights(
                await db.Set<QualityWeight>().Where(row => policies.Contains(row.PolicyId)).ToDictionaryAsync(row => row.PolicyId, row => row.Weight, cancellationToken).ConfigureAwait(false),
                await db.Set<Policy>().Where(row => policies.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Severity, cancellationToken).ConfigureAwait(false));
        }

        /// <summary>The policy's own weight, else that of its severity; of the case's severity where no policy was named.</summary>
        public double Of(string? policyId, Severity severity) =>
            policyId is null ? QualityWeight.Of(severity)
            : given.TryGetValue(policyId, out double weight) ? weight
            : QualityWeight.Of(severities.GetValueOrDefault(policyId, severity));
    }
}
