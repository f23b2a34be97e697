using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A plan with all that it says.</summary>
/// <param name="MadeBy">Name of who made it.</param>
/// <param name="Present">Name of another plan that draws now; null for none.</param>
public sealed record PlanDetails(
    PlanDraft Draft, PlanState State, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? ActiveFrom, DateTimeOffset? ActiveUntil, string? Present);

/// <summary>One sampling plan.</summary>
[Requires(Permission.RunQuality)]
public sealed class ReadPlan(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it; null where there is none.</summary>
    public async Task<PlanDetails?> RunAsync(Caller caller, Guid planId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadPlan>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (await db.ReadDraftAsync(planId, cancellationToken).ConfigureAwait(false) is not { } draft)
            {
                return null;
            }

            return await (
                from plan in db.Set<SamplingPlan>()
                join maker in db.Set<Moderator>() on plan.MadeBy equals maker.Id
                where plan.Id == planId
                select new PlanDetails(
                    draft, plan.State, maker.DisplayName, plan.MadeAt, plan.ActiveFrom, plan.ActiveUntil,
                    db.Set<SamplingPlan>().Where(other => other.State == PlanState.Active && other.Id != planId).Select(other => other.Name).FirstOrDefault()))
                .SingleAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

internal static class PlanReads
{
    /// <summary>What a plan says, whatever its state; null where there is none.</summary>
    public static async Task<PlanDraft?> ReadDraftAsync(this ConsoleDbContext db, Guid planId, CancellationToken cancellationToken)
    {
        SamplingPlan? plan = await db.Set<SamplingPlan>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == planId, cancellationToken).ConfigureAwait(false);
        if (plan is null)
        {
            return null;
        }

        List<SamplingStratum> strata = await db.Set<SamplingStratum>().AsNoTracking().Where(row => row.PlanId == planId)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new PlanDraft(
            plan.Id, plan.Name, plan.RandomRate, [.. strata.Select(row => new StratumDraft(row.Name, row.Rate, StratumConditions.Read(row.Conditions)))], plan.Version);
    }

    /// <summary>The accuracy that is aimed at, 0 to 1.</summary>
    public static async Task<double> TargetAccuracyAsync(this ConsoleDbContext db, CancellationToken cancellationToken) =>
        (await db.Set<QualitySettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? new QualitySettings()).TargetAccuracy;
}
