using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>Which samples their results may be shown of, and who had to do with them.</summary>
internal static class ResultSight
{
    /// <summary>Samples of cases that a person may meet.</summary>
    public static IQueryable<QualitySample> SamplesInSightOf(this ConsoleDbContext db, Guid personId) => db.Set<QualitySample>()
        .Where(sample => db.CasesInSightOf(personId).Any(about => about.Number == sample.CaseNumber));

    /// <summary>Results that a person may know of: their own decisions, found right or wrong and told.</summary>
    public static IQueryable<QualitySample> ResultsOf(this ConsoleDbContext db, Guid personId) => db.SamplesInSightOf(personId)
        .Where(sample => sample.DeciderId == personId && sample.State == SampleState.Settled && sample.ReleasedAt != null && sample.Wrong != null);

    /// <summary>Whether someone decided, judged it again or settled it.</summary>
    public static bool HadAHand(this QualitySample sample, Guid personId) =>
        sample.DeciderId == personId || sample.ReviewerId == personId || sample.AdjudicatorId == personId;

    /// <summary>What one person is to explain: what they found wrong, and what someone found who has left and in which they had no hand.</summary>
    public static IQueryable<QualitySample> ToExplainBy(this ConsoleDbContext db, Guid personId) => db.SamplesInSightOf(personId)
        .Where(sample => sample.State == SampleState.ToExplain
            && (sample.AdjudicatorId == personId
                || (sample.DeciderId != personId && sample.ReviewerId != personId
                    && db.Set<People.Moderator>().Any(person => person.Id == sample.AdjudicatorId && person.Disabled))));
}
