using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>What one person found of one group of past decisions.</summary>
/// <param name="Verdict">What was found in the decisions; null for what is left.</param>
/// <param name="Population">How many decisions there are in it.</param>
/// <param name="Share">How many of those they were sure of would change.</param>
/// <param name="Changes">How many of them would change.</param>
public sealed record TrialGroup(Verdict? Verdict, string? Language, int Population, Figure Share, int Changes);

/// <summary>What one person found in all.</summary>
/// <param name="Name">Who.</param>
/// <param name="Mine">Whether it is the reader.</param>
/// <param name="Judged">How many decisions they judged.</param>
/// <param name="Unsure">Of how many they could not say: these are in no share.</param>
/// <param name="Older">How many they judged by words that were changed since.</param>
/// <param name="Share">Share of all decisions that would change, each group weighing by its size.</param>
/// <param name="Partly">Whether there are groups of which they were sure of none yet: the share does not speak of these.</param>
public sealed record TrialJudge(string Name, bool Mine, int Judged, int Unsure, int Older, Figure Share, bool Partly, IReadOnlyList<TrialGroup> Groups);

/// <summary>Past decisions held against a draft.</summary>
/// <param name="Drawn">How many were drawn.</param>
/// <param name="Population">Out of how many.</param>
/// <param name="Cut">Whether there were more than are looked at.</param>
/// <param name="Judges">Each who judged any, for themselves.</param>
/// <param name="Both">How many were judged by two people or more.</param>
/// <param name="Alike">Of how many of these all said the same.</param>
public sealed record TrialView(DateTimeOffset DrawnAt, int Drawn, int Population, bool Cut, IReadOnlyList<TrialJudge> Judges, int Both, int Alike)
{
    /// <summary>How many the reader has judged.</summary>
    public int Mine => Judges.FirstOrDefault(judge => judge.Mine)?.Judged ?? 0;
}

/// <summary>Reads what would change by an open draft, as far as it was judged. Two people are counted apart.</summary>
[Requires(Permission.EditPolicies)]
public sealed class ReadTrial(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The trial of a policy's open draft; null while none was drawn.</summary>
    public async Task<TrialView?> RunAsync(Caller caller, string policyId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadTrial>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var found = await (
                from revision in db.Set<PolicyRevision>()
                join trial in db.Set<PolicyTrial>() on revision.Id equals trial.RevisionId
                where revision.OpenFor == policyId
                select new { Trial = trial, revision.Edition }).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return found is null ? null : await ReadAsync(db, found.Trial, found.Edition, caller, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<TrialView> ReadAsync(ConsoleDbContext db, PolicyTrial trial, int edition, Caller caller, CancellationToken cancellationToken)
    {
        List<TrialStratum> strata = await db.Set<TrialStratum>().AsNoTracking().Where(row => row.TrialId == trial.Id).OrderBy(row => row.Place)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<Guid, int> cases = await db.Set<TrialCase>().Where(row => row.TrialId == trial.Id)
            .ToDictionaryAsync(row => row.Id, row => row.Stratum, cancellationToken).ConfigureAwait(false);
        var said = await (
            from judgement in db.Set<TrialJudgement>().AsNoTracking()
            join one in db.Set<TrialCase>() on judgement.TrialCaseId equals one.Id
            join person in db.Set<Moderator>() on judgement.PersonId equals person.Id
            where one.TrialId == trial.Id
            select new Said(judgement.PersonId, person.DisplayName, one.Id, one.Stratum, judgement.Answer, judgement.Edition)).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, Said> byCase = said.ToLookup(one => one.CaseId);
        List<IGrouping<Guid, Said>> both = [.. byCase.Where(group => group.Count() > 1)];
        return new TrialView(
            trial.DrawnAt, cases.Count, strata.Sum(stratum => stratum.Population), trial.Cut,
            [.. said.GroupBy(one => (one.PersonId, one.Name)).OrderByDescending(group => group.Key.PersonId == caller.Id).ThenBy(group => group.Key.Name, StringComparer.CurrentCulture)
                .Select(group => Judge(group.Key.Name, group.Key.PersonId == caller.Id, [.. group], strata, edition))],
            both.Count, both.Count(group => group.Select(one => one.Answer).Distinct().Count() == 1));
    }

    private static TrialJudge Judge(string name, bool mine, IReadOnlyList<Said> said, List<TrialStratum> strata, int edition)
    {
        Said[] sure = [.. said.Where(one => one.Answer != TrialAnswer.Unsure)];
        SampledStratum[] parts =
        [
            .. strata.Select(stratum => new SampledStratum(
                stratum.Population, sure.Count(one => one.Stratum == stratum.Place), sure.Count(one => one.Stratum == stratum.Place && one.Answer != TrialAnswer.Same))),
        ];
        StratifiedEstimate all = StratifiedEstimate.Of(parts);
        return new TrialJudge(
            name, mine, said.Count, said.Count - sure.Length, said.Count(one => one.Edition != edition), all.Figure, all.Represented < all.Population,
            // As the whole is: a group that was judged to its last decision is known.
            [.. strata.Zip(parts, (stratum, part) => new TrialGroup(
                stratum.Verdict, stratum.Language, stratum.Population, StratifiedEstimate.Of([part]).Figure, part.Hits))]);
    }

    private sealed record Said(Guid PersonId, string Name, Guid CaseId, int Stratum, TrialAnswer Answer, int Edition);
}
