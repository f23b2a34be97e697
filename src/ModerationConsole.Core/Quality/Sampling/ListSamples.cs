using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Which samples are wanted; what is null does not matter.</summary>
public sealed record SampleFilter
{
    /// <summary>Where they stand.</summary>
    public SampleState? State { get; init; }

    /// <summary>Whether the decision was found wrong; false finds those found right.</summary>
    public bool? Wrong { get; init; }

    /// <summary>Of the pure random part, or of the rest.</summary>
    public bool? Random { get; init; }

    /// <summary>The plan that drew them.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>The policy that was named.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Who decided.</summary>
    public Guid? DeciderId { get; init; }

    /// <summary>The queue it was decided in.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Language of the item, without region.</summary>
    public string? Language { get; init; }

    /// <summary>What was wrong.</summary>
    public ErrorKind? Error { get; init; }

    /// <summary>Why.</summary>
    public RootCause? Cause { get; init; }

    /// <summary>Whether it counts in figures.</summary>
    public bool? Scored { get; init; }

    /// <summary>Whether it is still to be judged.</summary>
    public bool? Pending { get; init; }

    /// <summary>Decided at or after this time, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Decided before this time, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The last line of the part before; null for the first.</summary>
    public SampleCursor? Before { get; init; }

    /// <summary>How many, 1 to 200.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>Where a part of the list ended.</summary>
public sealed record SampleCursor(DateTimeOffset DecidedAt, Guid Id);

/// <summary>A sample in the list.</summary>
/// <param name="Stratum">Name of the stratum it belongs to; null for the rest.</param>
/// <param name="Rate">With what probability it was drawn, above 0 to 1.</param>
/// <param name="Random">Whether it belongs to the pure random part.</param>
/// <param name="Known">What is told of the decision; null to those who may yet be asked to judge it.</param>
public sealed record SampleRow(
    Guid Id, SampleState State, string Plan, Guid PlanId, string? Stratum, double Rate, bool Random, string Queue, DateTimeOffset DrawnAt, DateTimeOffset DecidedAt, bool? Wrong,
    ErrorKind? Error, SampledDecision? Known)
{
    /// <summary>To be handed in for the part after this line.</summary>
    public SampleCursor Cursor => new(DecidedAt, Id);
}

/// <summary>The decision behind a sample.</summary>
/// <param name="Author">Name of who decided; null where a program did.</param>
/// <param name="Policy">Name of the policy.</param>
public sealed record SampledDecision(long CaseNumber, Guid DecisionId, Verdict Verdict, string? Policy, string? Author);

/// <summary>
/// What was drawn, last decided first; none about child safety. Case, verdict and author of a sample that is not judged yet are kept
/// from those who may be asked to judge it.
/// </summary>
[Requires(Permission.RunQuality)]
public sealed class ListSamples(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int MostTaken = 200;

    /// <summary>Reads one part.</summary>
    public async Task<IReadOnlyList<SampleRow>> RunAsync(Caller caller, SampleFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListSamples>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        bool mayJudge = await guard.HasAsync(caller, Permission.ReviewQuality, cancellationToken).ConfigureAwait(false)
            || await guard.HasAsync(caller, Permission.AdjudicateQuality, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from row in Filtered(db, filter, mayJudge)
                join plan in db.Set<SamplingPlan>() on row.PlanId equals plan.Id
                join queue in db.Set<CaseQueue>() on row.QueueId equals queue.Id
                join stratum in db.Set<SamplingStratum>() on row.StratumId equals stratum.Id into strata
                from stratum in strata.DefaultIfEmpty()
                join decision in db.Set<Decision>() on row.DecisionId equals decision.Id
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                join person in db.Set<Moderator>() on row.DeciderId equals person.Id into people
                from person in people.DefaultIfEmpty()
                orderby row.DecidedAt descending, row.Id descending
                select new SampleRow(
                    row.Id, row.State, plan.Name, plan.Id, stratum == null ? null : stratum.Name, row.Rate, row.Random, queue.Name, row.DrawnAt, row.DecidedAt, row.Wrong,
                    row.Error,
                    mayJudge && QualitySample.ToJudge.Contains(row.State) ? null : new SampledDecision(
                        row.CaseNumber, row.DecisionId, row.Verdict, policy == null ? null : policy.Name, person == null ? null : person.DisplayName)))
                .Take(Math.Clamp(filter.Take, 1, MostTaken)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static IQueryable<QualitySample> Filtered(ConsoleDbContext db, SampleFilter filter, bool mayJudge)
    {
        IQueryable<QualitySample> rows = db.Set<QualitySample>().AsNoTracking()
            .Where(row => db.Set<Case>().Any(about => about.Number == row.CaseNumber && about.Sensitivity != Sensitivity.ChildSafety));
        rows = filter.State is { } state ? rows.Where(row => row.State == state) : rows;
        rows = filter.Wrong is { } wrong ? rows.Where(row => row.Wrong == wrong) : rows;
        rows = filter.Random is { } random ? rows.Where(row => row.Random == random) : rows;
        rows = filter.PlanId is { } plan ? rows.Where(row => row.PlanId == plan) : rows;
        rows = filter.QueueId is { } queue ? rows.Where(row => row.QueueId == queue) : rows;
        rows = filter.Language is { } language ? rows.Where(row => row.Language == language) : rows;
        rows = filter.Error is { } error ? rows.Where(row => row.Error == error) : rows;
        rows = filter.Cause is { } cause ? rows.Where(row => row.Cause == cause) : rows;
        rows = filter.Scored is { } scored ? rows.Where(row => row.Scored == scored) : rows;
        rows = filter.Pending is { } pending ? rows.Where(row => QualitySample.ToJudge.Contains(row.State) == pending) : rows;
        rows = filter.From is { } from ? rows.Where(row => row.DecidedAt >= from) : rows;
        rows = filter.To is { } to ? rows.Where(row => row.DecidedAt < to) : rows;
        rows = filter.PolicyId is { } policy ? rows.Where(row => row.PolicyId == policy) : rows;
        rows = filter.DeciderId is { } decider ? rows.Where(row => row.DeciderId == decider) : rows;
        // A filter must not tell what the line itself does not.
        if (mayJudge && (filter.PolicyId is not null || filter.DeciderId is not null || filter.Language is not null))
        {
            rows = rows.Where(row => !QualitySample.ToJudge.Contains(row.State));
        }

        return filter.Before is { } before
            ? rows.Where(row => row.DecidedAt < before.DecidedAt || (row.DecidedAt == before.DecidedAt && row.Id.CompareTo(before.Id) < 0))
            : rows;
    }
}
