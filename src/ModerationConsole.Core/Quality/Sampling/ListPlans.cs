using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A sampling plan in the list.</summary>
/// <param name="RandomRate">Share of all decisions that is drawn whatever they are, 0 to 1.</param>
/// <param name="Strata">How many parts have a rate of their own.</param>
/// <param name="MadeBy">Name of who made it.</param>
/// <param name="ActiveFrom">From when it draws or drew, UTC; null for a draft.</param>
/// <param name="ActiveUntil">Until when it drew, UTC; null while it does.</param>
/// <param name="Drawn">How many samples it has drawn.</param>
public sealed record PlanRow(
    Guid Id, string Name, PlanState State, double RandomRate, int Strata, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? ActiveFrom, DateTimeOffset? ActiveUntil,
    int Drawn);

/// <summary>All sampling plans: the one that draws first, then drafts, then those that have ended, each newest first.</summary>
[Requires(Permission.RunQuality)]
public sealed class ListPlans(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<PlanRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListPlans>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<PlanRow> rows = await (
                from plan in db.Set<SamplingPlan>().AsNoTracking()
                join maker in db.Set<Moderator>() on plan.MadeBy equals maker.Id
                select new PlanRow(
                    plan.Id, plan.Name, plan.State, plan.RandomRate, db.Set<SamplingStratum>().Count(row => row.PlanId == plan.Id), maker.DisplayName, plan.MadeAt,
                    plan.ActiveFrom, plan.ActiveUntil, db.Set<QualitySample>().Count(row => row.PlanId == plan.Id))).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.OrderBy(row => row.State switch { PlanState.Active => 0, PlanState.Draft => 1, _ => 2 }).ThenByDescending(row => row.ActiveFrom ?? row.MadeAt)];
        }
    }
}
