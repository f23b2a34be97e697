using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>What first, second and third person found about one kind of samples, and how many of these there are.</summary>
/// <param name="Third">Null where no third person was asked.</param>
internal sealed record RatedSamples(Finding First, Finding Second, Finding? Third, int Samples);

/// <summary>A verdict and, of violations, the policy.</summary>
internal readonly record struct Finding(Verdict Verdict, string? PolicyId)
{
    /// <summary>What tells findings apart: a policy only where there is a violation.</summary>
    public static Finding Of(Verdict verdict, string? policyId) => new(verdict, verdict == Verdict.Violation ? policyId : null);
}

/// <summary>The readings that figures are made of. Samples are counted by the database; only what differs comes out of it.</summary>
internal sealed class FigureRows(ConsoleDbContext db, QualityQuestion question, DateTimeOffset now, CancellationToken cancellationToken)
{
    public Task<List<SampleTally>> TalliesAsync(IReadOnlyList<long> hidden) => question.Samples(db, now, hidden)
        .GroupBy(row => new
        {
            row.PlanId, row.StratumId, row.Random, row.PolicyId, row.Weight, row.Verdict, row.State, row.Scored, row.Wrong, row.RightVerdict, row.RightPolicyId, row.Error,
            row.Cause, Third = row.AdjudicationId != null,
        })
        .Select(group => new SampleTally(
            group.Key.PlanId, group.Key.StratumId, group.Key.Random, group.Key.PolicyId, group.Key.Weight, group.Key.Verdict, group.Key.State, group.Key.Scored,
            group.Key.Wrong, group.Key.RightVerdict, group.Key.RightPolicyId, group.Key.Error, group.Key.Cause, group.Key.Third, group.Count(),
            group.Sum(row => 1 / row.Rate)))
        .ToListAsync(cancellationToken);

    /// <summary>The same cells by person; what programs decided is nobody's.</summary>
    public async Task<ILookup<Guid, CellCount>> ByPersonAsync(IReadOnlyList<long> hidden)
    {
        var rows = await question.Samples(db, now, hidden).Where(row => row.DeciderId != null)
            .GroupBy(row => new { row.DeciderId, row.PlanId, row.StratumId })
            .Select(group => new
            {
                group.Key.DeciderId,
                group.Key.PlanId,
                group.Key.StratumId,
                Judged = group.Count(row => row.Scored),
                Wrong = group.Count(row => row.Scored && row.Wrong == true),
                Stands = group.Sum(row => 1 / row.Rate),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ToLookup(row => row.DeciderId!.Value, row => new CellCount(new Cell(row.PlanId, row.StratumId ?? Guid.Empty), row.Judged, row.Wrong, row.Stands));
    }

    /// <summary>How many decisions fell into each cell, by key; null where decisions are not counted by all that is asked at once.</summary>
    /// <param name="told">What is told apart beside the filters.</param>
    public async Task<Dictionary<string, Dictionary<Cell, long>>?> PopulationAsync(PopulationBy told)
    {
        (PopulationBy By, string Key)[] others = [.. question.Filters.Where(filter => filter.By != told)];
        if (others.Length > 1 || (others.Length == 1 && told != PopulationBy.All))
        {
            return null;
        }

        PopulationBy by = others is [{ } only] ? only.By : told;
        string? key = question.Filters.Where(filter => filter.By == by).Select(filter => filter.Key).FirstOrDefault();
        (DateOnly from, DateOnly to) = (question.FirstDay(now), DateOnly.FromDateTime(now.UtcDateTime));
        var rows = await db.Set<PopulationCount>().AsNoTracking().Where(row => row.By == by && row.Day >= from && row.Day <= to && (key == null || row.Key == key))
            .GroupBy(row => new { row.PlanId, row.StratumId, row.Key })
            .Select(group => new { group.Key.PlanId, group.Key.StratumId, group.Key.Key, Decisions = group.Sum(row => (long)row.Decisions) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.GroupBy(row => told == PopulationBy.All ? "" : row.Key, StringComparer.Ordinal)
            .ToDictionary(part => part.Key, part => part.ToDictionary(row => new Cell(row.PlanId, row.StratumId), row => row.Decisions), StringComparer.Ordinal);
    }

    /// <summary>Of the random samples that a third person was asked about, what each of the three found.</summary>
    public async Task<List<RatedSamples>> DisagreedAsync(IReadOnlyList<long> hidden)
    {
        var rows = await (
            from sample in question.Samples(db, now, hidden)
            where sample.Random && sample.Scored && sample.AdjudicationId != null
            join second in db.Set<Decision>() on sample.ReviewId equals second.Id
            join third in db.Set<Decision>() on sample.AdjudicationId equals third.Id
            group sample by new { sample.Verdict, sample.PolicyId, Second = second.Verdict, SecondPolicy = second.PolicyId, Third = third.Verdict, ThirdPolicy = third.PolicyId } into alike
            select new { alike.Key, Samples = alike.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new RatedSamples(
                Finding.Of(row.Key.Verdict, row.Key.PolicyId), Finding.Of(row.Key.Second, row.Key.SecondPolicy), Finding.Of(row.Key.Third, row.Key.ThirdPolicy), row.Samples)),
        ];
    }

    /// <summary>Share of the disputes decided in the period that were overturned.</summary>
    public async Task<Figure> OverturnedAsync()
    {
        DateTimeOffset begin = question.Begin(now);
        Dictionary<DisputeState, int> states = await (
            from dispute in db.Set<Dispute>()
            where dispute.State != DisputeState.Open && dispute.DecidedAt >= begin && dispute.DecidedAt <= now
            join sample in question.SamplesOfAnyTime(db) on dispute.SampleId equals sample.Id
            group dispute by dispute.State into alike
            select new { alike.Key, Count = alike.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken).ConfigureAwait(false);
        return Figure.OfShare(states.GetValueOrDefault(DisputeState.Overturned), states.Values.Sum());
    }

    public Task<List<Policy>> PoliciesAsync() => db.Set<Policy>().AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>Languages of the decisions of the period.</summary>
    public Task<List<string>> LanguagesAsync()
    {
        DateOnly first = question.FirstDay(now);
        return db.Set<PopulationCount>().Where(row => row.By == PopulationBy.Language && row.Day >= first && row.Key != "")
            .Select(row => row.Key).Distinct().OrderBy(tag => tag).ToListAsync(cancellationToken);
    }

    /// <summary>Plans that draw or drew.</summary>
    public Task<int> PlansAsync() => db.Set<SamplingPlan>().CountAsync(plan => plan.State != PlanState.Draft, cancellationToken);

    public async Task<double> TargetAsync() =>
        (await db.Set<QualitySettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? new QualitySettings()).TargetAccuracy;

    /// <summary>By name.</summary>
    public async Task<List<PersonName>> NamesAsync()
    {
        List<PersonName> people = await db.Set<Moderator>().AsNoTracking().Select(person => new PersonName(person.Id, person.DisplayName, person.Disabled))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. people.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)];
    }
}
