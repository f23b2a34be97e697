using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Tells decisions about cases from verdicts that only measure.</summary>
internal static class JudgementQueries
{
    /// <summary>
    /// Decisions that judge a case. Verdicts of quality, golden and calibration work are kept beside them and stand in no list,
    /// count or history of a case.
    /// </summary>
    public static IQueryable<Decision> Judgements(this ConsoleDbContext db) => db.Set<Decision>()
        .Where(decision => !db.Set<ReviewTask>().Any(task => task.Number == decision.TaskNumber && TaskKinds.Measuring.Contains(task.Kind)));
}
