using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>What became of drawing past decisions.</summary>
public enum DrawTrialOutcome
{
    Drawn,

    /// <summary>There are no decisions that a trial could be made of.</summary>
    NoDecisions,

    /// <summary>They were drawn already.</summary>
    Already,

    /// <summary>There is no open draft.</summary>
    NoDraft,
}

/// <summary>
/// Draws up to 50 past decisions to be held against a draft: those under the policy, and those that allowed what was reported under it.
/// Child-safety cases are never among them, and nothing changes about those that are.
/// </summary>
[Requires(Permission.EditPolicies)]
public sealed class DrawTrial(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Decisions that are looked at, the newest.</summary>
    public const int MostLookedAt = 20_000;

    /// <summary>Draws them for the open draft of a policy.</summary>
    public async Task<DrawTrialOutcome> RunAsync(Caller caller, string policyId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DrawTrial>(caller, cancellationToken).ConfigureAwait(false);
        List<TriedDecision> all;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // The decisions are many: they are not looked through for nothing.
            if ((await DraftAsync(db, policyId, cancellationToken).ConfigureAwait(false)).Refusal is { } refusal)
            {
                return refusal;
            }

            all = await FindAsync(db, policyId, cancellationToken).ConfigureAwait(false);
        }

        return all.Count == 0
            ? DrawTrialOutcome.NoDecisions
            : await writes.RunAsync((scope, cancel) => DrawAsync(scope, caller, policyId, all, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(PolicyRevision? Revision, DrawTrialOutcome? Refusal)> DraftAsync(ConsoleDbContext db, string policyId, CancellationToken cancellationToken)
    {
        PolicyRevision? revision = await db.Set<PolicyRevision>().AsNoTracking().SingleOrDefaultAsync(row => row.OpenFor == policyId, cancellationToken).ConfigureAwait(false);
        return revision is null ? (null, DrawTrialOutcome.NoDraft)
            : await db.Set<PolicyTrial>().AnyAsync(row => row.RevisionId == revision.Id, cancellationToken).ConfigureAwait(false) ? (revision, DrawTrialOutcome.Already)
            : (revision, null);
    }

    private static async Task<List<TriedDecision>> FindAsync(ConsoleDbContext db, string policyId, CancellationToken cancellationToken)
    {
        var rows = await db.Drawable()
            .Where(row => db.Set<Decision>().Any(decision => decision.Id == row.Id && decision.State == DecisionState.Effective)
                && db.Set<Case>().MayMeasure().Any(about => about.Number == row.CaseNumber)
                && (row.PolicyId == policyId
                    || (row.Verdict == Verdict.Allow && db.Set<Report>().Any(report => report.CaseNumber == row.CaseNumber && report.PolicyId == policyId))))
            .OrderByDescending(row => row.DecidedAt).Take(MostLookedAt + 1)
            .Select(row => new { row.Id, row.CaseNumber, row.Verdict, row.Language }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new TriedDecision(row.Id, row.CaseNumber, row.Verdict, ReviewLanguage.Of(row.Language)))];
    }

    private static async Task<DrawTrialOutcome> DrawAsync(
        WriteScope scope, Caller caller, string policyId, List<TriedDecision> all, CancellationToken cancellationToken)
    {
        (PolicyRevision? revision, DrawTrialOutcome? refusal) = await DraftAsync(scope.Db, policyId, cancellationToken).ConfigureAwait(false);
        if (refusal is { } why)
        {
            return why;
        }

        PolicyTrial trial = new() { RevisionId = revision!.Id, DrawnAt = scope.Now, Cut = all.Count > MostLookedAt };
        scope.Db.Add(trial);
        IReadOnlyList<DrawnGroup> groups = TrialSampling.Draw([.. all.Take(MostLookedAt)], trial.Salt);
        scope.Db.AddRange(groups.Select((group, place) => new TrialStratum
        {
            TrialId = trial.Id, Place = place, Verdict = group.Verdict, Language = group.Language, Population = group.Population,
        }));
        // Mixed, so that whoever stops half-way has seen something of every group.
        scope.Db.AddRange(groups.SelectMany((group, place) => group.Drawn.Select(one => (One: one, Stratum: place)))
            .OrderBy(drawn => SampleDraw.Of(drawn.One.Id, trial.Id)).ThenBy(drawn => drawn.One.Id)
            .Select((drawn, index) => new TrialCase
            {
                TrialId = trial.Id, Place = index + 1, Stratum = drawn.Stratum, DecisionId = drawn.One.Id, CaseNumber = drawn.One.CaseNumber,
            }));
        scope.Record(caller, AuditAct.PolicyTrialDrawn, subject: policyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["drawn"] = groups.Sum(group => group.Drawn.Count),
            ["of"] = groups.Sum(group => group.Population),
        });
        return DrawTrialOutcome.Drawn;
    }
}
