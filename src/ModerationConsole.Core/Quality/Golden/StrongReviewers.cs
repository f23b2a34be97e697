using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>
/// Finds golden cases that people who are otherwise right fail: those are bad measures. Right is who meets the aimed accuracy over
/// other golden cases, or over decisions drawn at random and judged again. Drawn by risk, decisions would tell nothing of a person.
/// </summary>
internal static class StrongReviewers
{
    /// <summary>So many of them must have answered.</summary>
    public const int FewestAnswers = 5;

    /// <summary>With fewer answers, or decisions judged again, nobody is counted among them.</summary>
    public const int FewestJudged = 10;

    private sealed record Counted(Guid Person, int Judged, int Right);

    /// <summary>Active golden cases that most of them failed. Answers that can still be undone are none yet.</summary>
    public static async Task<List<Guid>> FailedAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Cheap to ask: next to nothing is failed so often.
        List<Guid> suspects = await (
            from answer in db.Set<GoldenAnswer>()
            join golden in db.Set<GoldenCase>() on answer.GoldenId equals golden.Id
            where golden.State == GoldenState.Active && answer.AnsweredAt != null
            group answer by answer.GoldenId into answers
            where answers.Count() >= FewestAnswers && answers.Count(row => row.Passed == false) * 2 > FewestAnswers
            select answers.Key).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (suspects.Count == 0)
        {
            return [];
        }

        double target = (await db.QualitySettingsAsync(cancellationToken).ConfigureAwait(false)).TargetAccuracy;
        List<Guid> failed = [];
        foreach (Guid golden in suspects)
        {
            var answers = await (
                from answer in db.Set<GoldenAnswer>()
                join decision in db.Set<Decision>() on answer.DecisionId equals decision.Id
                where answer.GoldenId == golden && answer.Passed != null && decision.UndoUntil < now
                select new { answer.PersonId, Passed = answer.Passed == true }).ToListAsync(cancellationToken).ConfigureAwait(false);
            HashSet<Guid> strong = await AmongAsync(db, [.. answers.Select(row => row.PersonId)], golden, target, cancellationToken).ConfigureAwait(false);
            bool[] theirs = [.. answers.Where(row => strong.Contains(row.PersonId)).Select(row => row.Passed)];
            if (theirs.Length >= FewestAnswers && theirs.Count(passed => !passed) * 2 > theirs.Length)
            {
                failed.Add(golden);
            }
        }

        return failed;
    }

    private static async Task<HashSet<Guid>> AmongAsync(ConsoleDbContext db, Guid[] people, Guid except, double target, CancellationToken cancellationToken)
    {
        List<Counted> golden = await db.Set<GoldenAnswer>()
            .Where(row => people.Contains(row.PersonId) && row.GoldenId != except && row.Scored && row.Passed != null)
            .GroupBy(row => row.PersonId).Select(theirs => new Counted(theirs.Key, theirs.Count(), theirs.Count(row => row.Passed == true)))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Counted> samples = await db.Set<QualitySample>()
            .Where(row => row.DeciderId != null && people.Contains(row.DeciderId.Value) && row.Random && row.Scored && row.Wrong != null)
            .GroupBy(row => row.DeciderId!.Value).Select(theirs => new Counted(theirs.Key, theirs.Count(), theirs.Count(row => row.Wrong == false)))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. golden.Concat(samples).Where(row => row.Judged >= FewestJudged && row.Right >= target * row.Judged).Select(row => row.Person)];
    }
}
