using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Programs;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A plan as it draws.</summary>
internal sealed record DrawingPlan(SamplingPlan Plan, IReadOnlyList<Guid> StratumIds, PlanStrata Strata)
{
    public Guid Salt { get; } = Guid.Parse(Plan.Salt);

    public bool Holds(DateTimeOffset at) => Plan.ActiveFrom <= at && (Plan.ActiveUntil is not { } until || at < until);
}

/// <summary>Decisions that the sampler has yet to look at, in the order in which they became final.</summary>
/// <param name="After">Where the sampler stood when they were read.</param>
/// <param name="Upto">Where it stands once they are looked at.</param>
/// <param name="Rows">Each with the severity of its case when it was decided and the plan that drew then.</param>
/// <param name="More">Whether others wait behind them.</param>
internal sealed record SamplerBatch(
    DateTimeOffset After, DateTimeOffset Upto, IReadOnlyList<(DecidedRow Row, Severity Severity, DrawingPlan Plan)> Rows, bool More)
{
    // Small enough that nobody who decides waits for it.
    private const int Size = 50;

    // No window in which a decision can be taken back is longer.
    private static readonly TimeSpan s_longestWindow = TimeSpan.FromHours(1);

    // While nothing happens the sampler's place is moved this seldom.
    private static readonly TimeSpan s_idle = TimeSpan.FromHours(1);

    /// <summary>Reads the next ones; null where there are none.</summary>
    public static async Task<SamplerBatch?> ReadAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<SamplerPlace>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is not { } place)
        {
            return null;
        }

        List<DrawingPlan> plans = await PlansAsync(db, place.At - s_longestWindow, cancellationToken).ConfigureAwait(false);
        DateTimeOffset until = now - FollowDecisions.Settled;
        if (plans.Count == 0 || until <= place.At)
        {
            return null;
        }

        DateTimeOffset first = plans.Min(plan => plan.Plan.ActiveFrom!.Value).AddMicroseconds(-1);
        List<DecidedRow> rows = await Waiting(db, first > place.At ? first : place.At, until).Take(Size).ToListAsync(cancellationToken).ConfigureAwait(false);
        bool more = rows.Count == Size;
        if (more)
        {
            (rows, until) = await WholeInstantsAsync(db, rows, cancellationToken).ConfigureAwait(false);
        }

        return rows.Count == 0 && until - place.At < s_idle
            ? null
            : new SamplerBatch(place.At, until, await JudgedThenAsync(db, rows, plans, cancellationToken).ConfigureAwait(false), more);
    }

    private static async Task<List<DrawingPlan>> PlansAsync(ConsoleDbContext db, DateTimeOffset after, CancellationToken cancellationToken)
    {
        List<SamplingPlan> plans = await db.Set<SamplingPlan>().AsNoTracking()
            .Where(row => row.ActiveFrom != null && (row.ActiveUntil == null || row.ActiveUntil > after)).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> ids = [.. plans.Select(plan => plan.Id)];
        ILookup<Guid, SamplingStratum> strata = (await db.Set<SamplingStratum>().AsNoTracking().Where(row => ids.Contains(row.PlanId))
            .OrderBy(row => row.Position).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.PlanId);
        return [.. plans.Select(plan => new DrawingPlan(plan, [.. strata[plan.Id].Select(row => row.Id)], PlanStrata.Of(plan, strata[plan.Id])))];
    }

    private static IQueryable<DecidedRow> Waiting(ConsoleDbContext db, DateTimeOffset after, DateTimeOffset until) =>
        db.Drawable().Where(row => row.UndoUntil > after && row.UndoUntil <= until
                && db.Set<SamplingPlan>().Any(plan => plan.ActiveFrom <= row.DecidedAt && (plan.ActiveUntil == null || row.DecidedAt < plan.ActiveUntil)))
            .OrderBy(row => row.UndoUntil);

    // The place is an instant: what became final in one is looked at together, so that none is passed over and none counted twice.
    private static async Task<(List<DecidedRow> Rows, DateTimeOffset Until)> WholeInstantsAsync(ConsoleDbContext db, List<DecidedRow> rows, CancellationToken cancellationToken)
    {
        DateTimeOffset last = rows[^1].UndoUntil;
        List<DecidedRow> before = rows.FindAll(row => row.UndoUntil < last);
        return before.Count > 0
            ? (before, before[^1].UndoUntil)
            : (await Waiting(db, last.AddMicroseconds(-1), last).ToListAsync(cancellationToken).ConfigureAwait(false), last);
    }

    private static async Task<List<(DecidedRow Row, Severity Severity, DrawingPlan Plan)>> JudgedThenAsync(
        ConsoleDbContext db, List<DecidedRow> rows, List<DrawingPlan> plans, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. rows.Select(row => row.Id)];
        Dictionary<Guid, string> snapshots = await db.Set<Decision>().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Snapshot, cancellationToken).ConfigureAwait(false);
        return
        [
            .. from row in rows
               let plan = plans.Find(plan => plan.Holds(row.DecidedAt))
               where plan is not null
               select (row, SeverityThen(snapshots.GetValueOrDefault(row.Id)) ?? row.Severity, plan),
        ];
    }

    private static Severity? SeverityThen(string? snapshot)
    {
        try
        {
            return snapshot is null ? null : DecisionSnapshot.Read(snapshot).Severity;
        }
        catch (JsonException)
        {
            // Made without one.
            return null;
        }
    }
}
