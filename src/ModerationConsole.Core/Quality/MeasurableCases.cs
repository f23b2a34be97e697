using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality;

/// <summary>A case whose decision in force can measure people.</summary>
/// <param name="InForce">The decision in force.</param>
/// <param name="First">The decision that it came of, whose author's view is shown.</param>
internal sealed record MeasurableCase(Case About, Decision InForce, Guid First)
{
    /// <summary>Whether its decision can still be undone.</summary>
    public bool StillUndoable(DateTimeOffset now) => InForce.UndoUntil > InForce.DecidedAt && InForce.UndoUntil >= now;
}

/// <summary>Which cases may measure people.</summary>
internal static class MeasurableCases
{
    /// <summary>Not child safety, and with what users wrote still there.</summary>
    public static IQueryable<Case> MayMeasure(this IQueryable<Case> cases) =>
        cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety && about.ContentErasedAt == null);

    /// <summary>Versions of policies that still are the ones in force.</summary>
    public static IQueryable<Guid> PoliciesInForce(this ConsoleDbContext db) =>
        from version in db.Set<PolicyVersion>()
        join policy in db.Set<Policy>() on version.PolicyId equals policy.Id
        where version.Number == policy.CurrentVersion && !policy.Archived
        select version.Id;

    /// <summary>A case with the decision in force; whether there is such a case, and the rest where a decision on it is in force.</summary>
    public static async Task<(bool Exists, MeasurableCase? Case)> MeasurableAsync(this ConsoleDbContext db, long number, CancellationToken cancellationToken)
    {
        Case? about = await db.Set<Case>().AsNoTracking().MayMeasure().SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        Decision? inForce = about is null ? null : await db.Set<Decision>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == about.DecisionId && row.State == DecisionState.Effective, cancellationToken).ConfigureAwait(false);
        return inForce is not null && await FirstAsync(db, inForce, cancellationToken).ConfigureAwait(false) is { } first
            ? (true, new MeasurableCase(about!, inForce, first))
            : (about is not null, null);
    }

    // A decision that took the place of another shows that one among what was decided before: what its first author saw tells nothing.
    private static async Task<Guid?> FirstAsync(ConsoleDbContext db, Decision inForce, CancellationToken cancellationToken)
    {
        Decision first = inForce;
        while (first.ReversesId is { } replaced)
        {
            first = await db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == replaced, cancellationToken).ConfigureAwait(false);
        }

        return await db.Set<ReviewTask>().AnyAsync(row => row.Number == first.TaskNumber && !TaskKinds.Measuring.Contains(row.Kind), cancellationToken).ConfigureAwait(false)
            ? first.Id
            : null;
    }
}
