using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>A dispute with the sample it is about.</summary>
internal sealed class DisputedSample
{
    public required Dispute Dispute { get; init; }

    public required QualitySample Sample { get; init; }
}

/// <summary>Which disputes someone who decides them may read.</summary>
internal static class DisputeSight
{
    /// <summary>All but the person's own: what an author may know of a result stands among their results.</summary>
    public static IQueryable<DisputedSample> DisputesFor(this ConsoleDbContext db, Guid personId) =>
        from dispute in db.Set<Dispute>()
        join sample in db.SamplesInSightOf(personId) on dispute.SampleId equals sample.Id
        where dispute.PersonId != personId
        select new DisputedSample { Dispute = dispute, Sample = sample };

    /// <summary>Open ones that the person may decide.</summary>
    public static IQueryable<Dispute> DisputesOpenFor(this ConsoleDbContext db, Guid personId) =>
        from dispute in db.Set<Dispute>()
        join sample in db.SamplesInSightOf(personId) on dispute.SampleId equals sample.Id
        where dispute.State == DisputeState.Open && sample.DeciderId != personId && sample.ReviewerId != personId && sample.AdjudicatorId != personId
        select dispute;
}
