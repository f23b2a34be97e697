using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>Half of what figures are worked out from: the samples by kind, which takes as long as all the rest.</summary>
/// <param name="All">Sizes of cells under the key ""; null where nobody counted just these decisions. The same goes for the next.</param>
internal sealed record FigureSources(
    List<SampleTally> Tallies, Dictionary<string, Dictionary<Cell, long>>? All, Dictionary<string, Dictionary<Cell, long>>? ByPolicy,
    Dictionary<string, Policy> Policies, Figure Overturned, double Target, List<string> Languages, int Plans)
{
    public static async Task<FigureSources> ReadAsync(
        IDbContextFactory<ConsoleDbContext> contexts, QualityQuestion question, DateTimeOffset now, IReadOnlyList<long> hidden, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            FigureRows rows = new(db, question, now, cancellationToken);
            return new FigureSources(
                await rows.TalliesAsync(hidden).ConfigureAwait(false),
                await rows.PopulationAsync(PopulationBy.All).ConfigureAwait(false),
                await rows.PopulationAsync(PopulationBy.Policy).ConfigureAwait(false),
                (await rows.PoliciesAsync().ConfigureAwait(false)).ToDictionary(policy => policy.Id, StringComparer.Ordinal),
                await rows.OverturnedAsync().ConfigureAwait(false),
                await rows.TargetAsync().ConfigureAwait(false),
                await rows.LanguagesAsync().ConfigureAwait(false),
                await rows.PlansAsync().ConfigureAwait(false));
        }
    }
}

/// <summary>The other half, read beside it: each person's samples, and what the people who judged again disagreed about.</summary>
/// <param name="Decisions">Sizes of cells by person; null where nobody counted just these.</param>
internal sealed record JudgedPeople(
    ILookup<Guid, CellCount> Counts, Dictionary<string, Dictionary<Cell, long>>? Decisions, List<PersonName> Names, List<RatedSamples> Disagreed)
{
    public static async Task<JudgedPeople> ReadAsync(
        IDbContextFactory<ConsoleDbContext> contexts, QualityQuestion question, DateTimeOffset now, IReadOnlyList<long> hidden, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            FigureRows rows = new(db, question, now, cancellationToken);
            return new JudgedPeople(
                await rows.ByPersonAsync(hidden).ConfigureAwait(false),
                await rows.PopulationAsync(PopulationBy.Decider).ConfigureAwait(false),
                await rows.NamesAsync().ConfigureAwait(false),
                await rows.DisagreedAsync(hidden).ConfigureAwait(false));
        }
    }
}
