using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>
/// How right decisions are, from the samples of a period. Shares are of decisions, not of samples: each stratum counts by its size.
/// What was found wrong counts from that moment, explained or not. Samples that are not judged to the end, withdrawn, or ambiguous are
/// out, and counted beside. None is about child safety.
/// </summary>
[Requires(Permission.RunQuality)]
public sealed class ReadQualityFigures(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period is none.</exception>
    public async Task<QualityFigures> RunAsync(Caller caller, QualityQuestion question, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadQualityFigures>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(question);
        if (!Enum.IsDefined(question.Period))
        {
            throw new ArgumentOutOfRangeException(nameof(question), question.Period, "No such period.");
        }

        bool mayJudge = await guard.HasAsync(caller, Permission.ReviewQuality, cancellationToken).ConfigureAwait(false)
            || await guard.HasAsync(caller, Permission.AdjudicateQuality, cancellationToken).ConfigureAwait(false);
        question = question with { OnlyEnded = mayJudge && question.Filters.Count > 0 };
        DateTimeOffset now = clock.Now();
        IReadOnlyList<long> hidden = await HiddenAsync(question, now, cancellationToken).ConfigureAwait(false);
        // Half of the readings beside the other half, on threads of their own: the embedded database answers on the thread that asks.
        Task<FigureSources> counting = Task.Run(() => FigureSources.ReadAsync(contexts, question, now, hidden, cancellationToken), cancellationToken);
        Task<JudgedPeople> judging = Task.Run(() => JudgedPeople.ReadAsync(contexts, question, now, hidden, cancellationToken), cancellationToken);
        await Task.WhenAll(counting, judging).ConfigureAwait(false);
        return Figures(question, now, await counting.ConfigureAwait(false), await judging.ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<long>> HiddenAsync(QualityQuestion question, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await question.HiddenAsync(db, now, cancellationToken).ConfigureAwait(false);
        }
    }

    private static QualityFigures Figures(QualityQuestion question, DateTimeOffset now, FigureSources sources, JudgedPeople people)
    {
        List<SampleTally> tallies = sources.Tallies;
        Dictionary<Cell, long>? whole = sources.All is null ? null : sources.All.GetValueOrDefault("") ?? [];
        List<SampleTally> wrong = tallies.FindAll(tally => tally.IsWrong);
        return new QualityFigures(
            question.FirstDay(now),
            DateOnly.FromDateTime(now.UtcDateTime),
            Counts(tallies, question.OnlyEnded),
            CellSizes.Accuracy(tallies.Select(tally => tally.Count), whole),
            sources.All is null || sources.ByPolicy is null || people.Decisions is null,
            sources.Target,
            CellSizes.WeightedError(tallies, whole),
            sources.Overturned,
            OfPolicies(tallies, sources.ByPolicy, sources.Policies),
            Most(wrong, tally => tally.Error),
            Most(wrong, tally => tally.Cause),
            FindingClasses.Confusion(tallies, sources.Policies),
            new AgreementTable(tallies, people.Disagreed).Measure(sources.Policies),
            OfPeople(people),
            [.. sources.Policies.Values.OrderBy(policy => policy.Code, PolicyCodeOrder.Instance).Select(policy => new FigureChoice(policy.Id, $"{policy.Code} {policy.Name}"))],
            [.. people.Names.Select(person => new FigureChoice(person.Id.ToString(), person.Name))],
            sources.Languages,
            sources.Plans);
    }

    private static SampleCounts Counts(List<SampleTally> tallies, bool onlyEnded)
    {
        int Sum(Func<SampleTally, bool> which) => tallies.Where(which).Sum(tally => tally.Samples);
        return new SampleCounts(
            Sum(_ => true), Sum(tally => tally.Judged), Sum(tally => tally.IsWrong),
            Sum(tally => tally is { IsWrong: true, State: SampleState.ToExplain }), onlyEnded ? null : Sum(tally => QualitySample.ToJudge.Contains(tally.State)),
            Sum(tally => tally is { State: SampleState.Settled, Scored: false }), Sum(tally => tally.State == SampleState.Withdrawn));
    }

    private static List<PolicyFigure> OfPolicies(List<SampleTally> tallies, Dictionary<string, Dictionary<Cell, long>>? counted, Dictionary<string, Policy> policies)
    {
        ILookup<string, SampleTally> byPolicy = tallies.ToLookup(tally => tally.PolicyId ?? "", StringComparer.Ordinal);
        IEnumerable<PolicyFigure> figures =
            from key in byPolicy.Select(part => part.Key).Union(counted?.Keys ?? Enumerable.Empty<string>(), StringComparer.Ordinal)
            let policy = policies.GetValueOrDefault(key)
            select new PolicyFigure(
                key.Length == 0 ? null : key, policy?.Code, policy?.Name,
                CellSizes.Accuracy(byPolicy[key].Select(tally => tally.Count), counted is null ? null : counted.GetValueOrDefault(key) ?? []),
                byPolicy[key].Where(tally => tally.IsWrong).Sum(tally => tally.Samples));
        return [.. figures.OrderBy(figure => figure.PolicyId is null).ThenBy(figure => figure.Code ?? "", PolicyCodeOrder.Instance)];
    }

    private static List<PersonFigure> OfPeople(JudgedPeople people) =>
    [
        .. from person in people.Names
           let sizes = people.Decisions is null ? null : people.Decisions.GetValueOrDefault(person.Id.ToString()) ?? []
           let counts = people.Counts[person.Id].ToList()
           where counts.Count > 0 || sizes is { Count: > 0 }
           select new PersonFigure(person.Id, person.Name, CellSizes.Accuracy(counts, sizes), counts.Sum(count => count.Wrong)),
    ];

    private static List<(T Of, int Count)> Most<T>(List<SampleTally> wrong, Func<SampleTally, T> of) =>
        [.. wrong.GroupBy(of).Select(part => (part.Key, Count: part.Sum(tally => tally.Samples))).OrderByDescending(pair => pair.Count)];
}
