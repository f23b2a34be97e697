using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What became of a plan that was to end.</summary>
public enum EndPlanOutcome
{
    Ended,

    /// <summary>It does not draw, or is not there.</summary>
    NotActive,
}

/// <summary>Lets a plan draw no more. What it drew is judged all the same.</summary>
[Requires(Permission.RunQuality)]
public sealed class EndPlan(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends it.</summary>
    public async Task<EndPlanOutcome> RunAsync(Caller caller, Guid planId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EndPlan>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                SamplingPlan? plan = await scope.Db.Set<SamplingPlan>().SingleOrDefaultAsync(row => row.Id == planId && row.State == PlanState.Active, token).ConfigureAwait(false);
                if (plan is null)
                {
                    return EndPlanOutcome.NotActive;
                }

                plan.End(scope.Now);
                scope.Record(caller, AuditAct.PlanEnded, subject: plan.Id.ToString());
                return EndPlanOutcome.Ended;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
