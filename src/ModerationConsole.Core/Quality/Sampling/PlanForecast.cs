using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What is expected of a stratum.</summary>
/// <param name="Name">Its name; null for the rest.</param>
/// <param name="PerWeek">Decisions a week.</param>
/// <param name="Rate">With what probability each is drawn, 0 to 1.</param>
/// <param name="DrawnPerWeek">Samples a week.</param>
/// <param name="HalfWidth">Half-width of the 95 % interval of its accuracy after 28 days, 0 to 1; null where nothing will be drawn.</param>
public sealed record ForecastLine(string? Name, double PerWeek, double Rate, double DrawnPerWeek, double? HalfWidth);

/// <summary>How many samples a week come from a team or a person.</summary>
/// <param name="Id">The team or person; null for people without a team, or for programs.</param>
/// <param name="Name">Its name, where it has one.</param>
public sealed record ForecastShare(Guid? Id, string? Name, double DrawnPerWeek);

/// <summary>The size that a wanted precision asks for.</summary>
/// <param name="HalfWidth">What was asked for, 0 to 1.</param>
/// <param name="Samples">Samples in 28 days; of a simple random sample.</param>
/// <param name="Rate">The random rate that draws as many; null where the past tells of no decisions.</param>
public sealed record WantedSize(double HalfWidth, long Samples, double? Rate);

/// <summary>What a plan would draw if the next weeks are like the last 28 days.</summary>
/// <param name="History">Decisions of those days.</param>
/// <param name="Enough">Whether those are enough to foretell a mix; see <see cref="NeededRandomRate"/>.</param>
/// <param name="RandomShare">The part of what is drawn that is pure random, 0 to 1; null where nothing is expected.</param>
/// <param name="NeededRandomRate">The least random rate with which the plan may be activated; null where its own does.</param>
/// <param name="HalfWidth">Half-width of the 95 % interval of the accuracy of all after 28 days, 0 to 1, strata weighed by their size, in a finite population; null where nothing will be drawn.</param>
/// <param name="TargetAccuracy">The accuracy that was assumed.</param>
/// <param name="Strata">In order; the rest last.</param>
/// <param name="Teams">Most first.</param>
/// <param name="People">Most first.</param>
public sealed record PlanForecast(
    int History, bool Enough, double PerWeek, double DrawnPerWeek, double RandomPerWeek, double? RandomShare, double? NeededRandomRate, double? HalfWidth,
    double TargetAccuracy, IReadOnlyList<ForecastLine> Strata, IReadOnlyList<ForecastShare> Teams, IReadOnlyList<ForecastShare> People, WantedSize? Wanted);

/// <summary>Foretells what a plan draws.</summary>
internal sealed class PlanForecasting(PlanDraft draft, IReadOnlyList<PastDecision> history, double accuracy)
{
    private const double Weeks = DecisionHistory.Days / 7d;

    private readonly PlanStrata _strata = PlanStrata.Of(draft);

    public PlanForecast Run(double? wantedHalfWidth)
    {
        (PastDecision Past, int Place)[] placed = [.. history.Select(past => (past, _strata.PlaceOf(past.Facts)))];
        int[] places = [.. Enumerable.Range(0, draft.Strata.Count), PlanStrata.Rest];
        Dictionary<int, double> decisions = places.ToDictionary(place => place, place => placed.Where(row => row.Place == place).Sum(row => row.Past.Stands));
        (double Decisions, double OwnRate)[] sizes = [.. places.Select(place => (decisions[place], _strata.OwnRate(place)))];
        double all = decisions.Values.Sum();
        ForecastLine[] lines = [.. places.Select(place => Line(place, decisions[place]))];
        return new PlanForecast(
            (int)Math.Round(all), all >= Sampling.RandomShare.LeastHistory, all / Weeks, lines.Sum(line => line.DrawnPerWeek), all * draft.RandomRate / Weeks,
            Sampling.RandomShare.Of(draft.RandomRate, sizes), Sampling.RandomShare.Lacking(draft.RandomRate, sizes),
            SampleSize.HalfWidth([.. places.Select(place => Drawn(place, decisions[place]))], accuracy), accuracy, lines,
            Shares(placed, past => past.Facts.TeamId), Shares(placed, past => past.Facts.DeciderId),
            wantedHalfWidth is { } width ? Wanted(width, (long)Math.Round(all)) : null);
    }

    private ForecastLine Line(int place, double decisions) => new(
        place == PlanStrata.Rest ? null : draft.Strata[place].Name, decisions / Weeks, _strata.RateOf(place), decisions * _strata.RateOf(place) / Weeks,
        SampleSize.HalfWidth([Drawn(place, decisions)], accuracy));

    private (long Population, long Sampled) Drawn(int place, double decisions) =>
        ((long)Math.Round(decisions), (long)Math.Round(Math.Round(decisions) * _strata.RateOf(place)));

    private ForecastShare[] Shares(IEnumerable<(PastDecision Past, int Place)> placed, Func<PastDecision, Guid?> whose) =>
    [
        .. placed.GroupBy(row => whose(row.Past))
            .Select(group => new ForecastShare(group.Key, null, group.Sum(row => row.Past.Stands * _strata.RateOf(row.Place)) / Weeks))
            .OrderByDescending(share => share.DrawnPerWeek),
    ];

    private WantedSize Wanted(double halfWidth, long population)
    {
        long samples = SampleSize.For(halfWidth, accuracy, population == 0 ? null : population);
        return new WantedSize(halfWidth, samples, population == 0 ? null : Math.Ceiling(1_000d * samples / population) / 1_000);
    }
}
