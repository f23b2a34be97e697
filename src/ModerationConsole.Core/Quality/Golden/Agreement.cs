using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>A case that several people judged without knowing of one another.</summary>
/// <param name="PolicyName">Name of the agreed policy.</param>
/// <param name="Alike">People who judged it as the decision in force does, its author among them.</param>
/// <param name="Otherwise">People who judged it otherwise.</param>
public sealed record Agreement(long CaseNumber, Verdict Verdict, string? PolicyName, int Alike, int Otherwise);

/// <summary>
/// Finds what people agree on: the decision, its re-review, its adjudication and the secret votes of calibration before they were
/// talked about. Votes that are not shown yet are not read.
/// </summary>
internal static class Agreements
{
    /// <summary>So many people who judge alike make a case golden.</summary>
    public const int Enough = 3;

    private sealed record Said(long CaseNumber, int CaseVersion, Guid Person, DateTimeOffset At, Judgement Judgement);

    /// <summary>Of these cases those that enough people judged as the decision in force does.</summary>
    public static async Task<List<Agreement>> ReadAsync(ConsoleDbContext db, IReadOnlyCollection<long> cases, CancellationToken cancellationToken)
    {
        var inForce = await (
            from about in db.Set<Case>().MayMeasure()
            join decision in db.Set<Decision>() on about.DecisionId equals decision.Id
            join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            where cases.Contains(about.Number) && decision.Verdict != Verdict.CannotReview
            select new { about.Number, about.CaseVersion, decision.Verdict, decision.PolicyId, Policy = policy == null ? null : policy.Name, decision.Actions }).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<(long, int), Said> said = (await SaidAsync(db, cases, cancellationToken).ConfigureAwait(false)).ToLookup(one => (one.CaseNumber, one.CaseVersion));
        List<Agreement> found = [];
        foreach (var one in inForce)
        {
            Judgement agreed = Judgement.Of(one.Verdict, one.PolicyId, one.Actions);
            // Who put right a decision of their own speaks once.
            Said[] last = [.. said[(one.Number, one.CaseVersion)].GroupBy(row => row.Person).Select(theirs => theirs.MaxBy(row => row.At)!)];
            int alike = last.Count(row => row.Judgement.IsLike(agreed));
            if (alike >= Enough)
            {
                found.Add(new Agreement(one.Number, agreed.Verdict, agreed.PolicyId is null ? null : one.Policy, alike, last.Length - alike));
            }
        }

        return found;
    }

    /// <summary>Cases that may have been judged by enough people, the latest first.</summary>
    public static async Task<List<long>> CandidatesAsync(ConsoleDbContext db, int most, CancellationToken cancellationToken)
    {
        IQueryable<GoldenCase> golden = db.Set<GoldenCase>();
        List<long> reviewed = await db.Set<QualitySample>().Where(row => row.ReviewId != null && !golden.Any(made => made.CaseNumber == row.CaseNumber))
            .OrderByDescending(row => row.ReviewedAt).Select(row => row.CaseNumber).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<long> voted = await ShownCases(db).Where(row => !golden.Any(made => made.CaseNumber == row.CaseNumber))
            .OrderByDescending(row => row.CaseNumber).Select(row => row.CaseNumber).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. reviewed.Union(voted)];
    }

    private static IQueryable<CalibrationCase> ShownCases(ConsoleDbContext db) =>
        from shown in db.Set<CalibrationCase>()
        join session in db.Set<CalibrationSession>() on shown.SessionId equals session.Id
        where session.State != CalibrationState.Draft && session.State != CalibrationState.Voting
        select shown;

    private static async Task<List<Said>> SaidAsync(ConsoleDbContext db, IReadOnlyCollection<long> cases, CancellationToken cancellationToken)
    {
        IQueryable<QualitySample> samples = db.Set<QualitySample>().Where(row => cases.Contains(row.CaseNumber));
        IQueryable<Guid?> judged = samples.Select(row => row.ReviewId).Concat(samples.Select(row => row.AdjudicationId))
            .Concat(from shown in ShownCases(db)
                    join vote in db.Set<CalibrationVote>() on shown.Id equals vote.CalibrationCaseId
                    where cases.Contains(shown.CaseNumber) && vote.Round == 1
                    select vote.DecisionId);
        List<Guid?> ids = await judged.Where(id => id != null).ToListAsync(cancellationToken).ConfigureAwait(false);
        IQueryable<Case> about = db.Set<Case>().Where(row => cases.Contains(row.Number));
        var rows = await db.Set<Decision>()
            .Where(row => row.DeciderId != null && row.State != DecisionState.Undone && (ids.Contains(row.Id) || about.Any(one => one.DecisionId == row.Id)))
            .Select(row => new { row.CaseNumber, row.CaseVersion, row.DeciderId, row.DecidedAt, row.Verdict, row.PolicyId, row.Actions })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new Said(row.CaseNumber, row.CaseVersion, row.DeciderId!.Value, row.DecidedAt, Judgement.Of(row.Verdict, row.PolicyId, row.Actions)))];
    }
}
