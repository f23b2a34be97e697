using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Counts decisions by day, stratum and what figures are told by, and adds them to what is stored.</summary>
internal sealed class PopulationTally
{
    private readonly Dictionary<(PopulationBy By, DateOnly Day, Guid Plan, Guid Stratum, string Key), int> _counts = [];

    public void Count(DrawingPlan plan, int stratum, DecidedRow row, DecidedFacts facts)
    {
        DateOnly day = DateOnly.FromDateTime(row.DecidedAt.UtcDateTime);
        Guid stratumId = stratum == PlanStrata.Rest ? Guid.Empty : plan.StratumIds[stratum];
        (PopulationBy, string)[] keys =
        [
            (PopulationBy.All, ""),
            (PopulationBy.Policy, facts.PolicyId ?? ""),
            (PopulationBy.Decider, facts.DeciderId?.ToString() ?? ""),
            (PopulationBy.Queue, facts.QueueId.ToString()),
            (PopulationBy.Language, facts.Language ?? ""),
        ];
        foreach ((PopulationBy by, string key) in keys)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (by, day, plan.Plan.Id, stratumId, key), out _)++;
        }
    }

    public async Task KeepAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        foreach (var part in _counts.GroupBy(count => (count.Key.By, count.Key.Day)))
        {
            List<string> keys = [.. part.Select(count => count.Key.Key).Distinct(StringComparer.Ordinal)];
            Dictionary<(PopulationBy, DateOnly, Guid, Guid, string), PopulationCount> stored = await db.Set<PopulationCount>()
                .Where(row => row.By == part.Key.By && row.Day == part.Key.Day && keys.Contains(row.Key))
                .ToDictionaryAsync(row => (row.By, row.Day, row.PlanId, row.StratumId, row.Key), cancellationToken).ConfigureAwait(false);
            foreach (((PopulationBy, DateOnly, Guid, Guid, string) id, int count) in part)
            {
                if (!stored.TryGetValue(id, out PopulationCount? row))
                {
                    (PopulationBy by, DateOnly day, Guid plan, Guid stratum, string key) = id;
                    row = db.Add(new PopulationCount { By = by, Day = day, PlanId = plan, StratumId = stratum, Key = key }).Entity;
                }

                row.Decisions += count;
            }
        }
    }
}
