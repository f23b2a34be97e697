using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What became of a plan that was to draw.</summary>
public enum ActivatePlanOutcome
{
    Activated,

    /// <summary>It draws already, or has ended.</summary>
    NotDraft,

    /// <summary>Too little of what it would draw is pure random; see <see cref="ActivatedPlan.NeededRandomRate"/>.</summary>
    RandomShareTooSmall,

    /// <summary>Someone changed it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>What became of it.</summary>
/// <param name="NeededRandomRate">The least random rate that would do.</param>
/// <param name="Ended">Name of the plan whose place it took.</param>
public sealed record ActivatedPlan(ActivatePlanOutcome Outcome, double? NeededRandomRate = null, string? Ended = null);

/// <summary>Lets a plan draw from now on. One draws at a time: the one that did has ended.</summary>
[Requires(Permission.RunQuality)]
public sealed class ActivatePlan(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Activates it as it was read at that version.</summary>
    public async Task<ActivatedPlan> RunAsync(Caller caller, Guid planId, long version, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ActivatePlan>(caller, cancellationToken).ConfigureAwait(false);
        double? lacking;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (await db.ReadDraftAsync(planId, cancellationToken).ConfigureAwait(false) is not { } draft || draft.Version != version)
            {
                return new ActivatedPlan(ActivatePlanOutcome.Changed);
            }

            List<PastDecision> history = await DecisionHistory.ReadAsync(db, clock.Now(), cancellationToken).ConfigureAwait(false);
            lacking = new PlanForecasting(draft, history, accuracy: 0.5).Run(null).NeededRandomRate;
        }

        return await writes.RunAsync((scope, token) => ActivateAsync(scope, caller, planId, version, lacking, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ActivatedPlan> ActivateAsync(
        WriteScope scope, Caller caller, Guid planId, long version, double? lacking, CancellationToken cancellationToken)
    {
        SamplingPlan? plan = await scope.Db.Set<SamplingPlan>().SingleOrDefaultAsync(row => row.Id == planId, cancellationToken).ConfigureAwait(false);
        if (plan is null || plan.Version != version)
        {
            return new ActivatedPlan(ActivatePlanOutcome.Changed);
        }

        if (plan.State != PlanState.Draft)
        {
            return new ActivatedPlan(ActivatePlanOutcome.NotDraft);
        }

        if (lacking is not null)
        {
            return new ActivatedPlan(ActivatePlanOutcome.RandomShareTooSmall, lacking);
        }

        // Whoever activates another at the same moment changes this row too, and one of the two runs again.
        SamplerPlace? place = await scope.Db.Set<SamplerPlace>().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.Entry(place ?? new SamplerPlace { At = scope.Now }).State = place is null ? EntityState.Added : EntityState.Modified;
        SamplingPlan? present = await scope.Db.Set<SamplingPlan>().SingleOrDefaultAsync(row => row.State == PlanState.Active, cancellationToken).ConfigureAwait(false);
        present?.End(scope.Now);
        plan.Activate(scope.Now);
        if (present is not null)
        {
            scope.Record(caller, AuditAct.PlanEnded, subject: present.Id.ToString());
        }

        scope.Record(caller, AuditAct.PlanActivated, subject: plan.Id.ToString());
        return new ActivatedPlan(ActivatePlanOutcome.Activated, Ended: present?.Name);
    }
}
