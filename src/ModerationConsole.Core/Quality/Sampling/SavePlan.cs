using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Makes a sampling plan or changes a draft. It draws nothing until it is activated.</summary>
[Requires(Permission.RunQuality)]
public sealed class SavePlan(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Saves the draft.</summary>
    public async Task<SavedPlan> RunAsync(Caller caller, PlanDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SavePlan>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        PlanDraft clean = PlanRules.Clean(draft);
        return PlanRules.Refusal(clean) is { } refused
            ? refused
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, clean, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SavedPlan> SaveAsync(WriteScope scope, Caller caller, PlanDraft draft, CancellationToken cancellationToken)
    {
        SamplingPlan? plan = draft.Id is { } id
            ? await scope.Db.Set<SamplingPlan>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false)
            : null;
        if (draft.Id is not null && (plan is null || plan.Version != draft.Version))
        {
            return new SavedPlan(plan?.State is PlanState.Active or PlanState.Ended ? SavePlanOutcome.NotDraft : SavePlanOutcome.Changed);
        }

        if (plan is { State: not PlanState.Draft })
        {
            return new SavedPlan(SavePlanOutcome.NotDraft);
        }

        if (await UnknownAsync(scope.Db, draft, cancellationToken).ConfigureAwait(false) is { } stratum)
        {
            return new SavedPlan(SavePlanOutcome.ReferenceUnknown, Stratum: stratum);
        }

        plan ??= scope.Db.Add(new SamplingPlan { Salt = $"{Guid.NewGuid()}", MadeBy = caller.Id, MadeAt = scope.Now }).Entity;
        (plan.Name, plan.RandomRate) = (draft.Name, draft.RandomRate);
        // Nothing was drawn by a draft, so nothing points at its strata. The row itself counts as changed by them.
        await scope.Db.Set<SamplingStratum>().Where(row => row.PlanId == plan.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.AddRange(draft.Strata.Select((wanted, place) => new SamplingStratum
        {
            PlanId = plan.Id,
            Position = place,
            Name = wanted.Name,
            Rate = wanted.Rate,
            Conditions = wanted.Conditions.Write(),
        }));
        if (draft.Id is not null)
        {
            scope.Db.Entry(plan).State = EntityState.Modified;
        }

        scope.Record(caller, AuditAct.PlanSaved, subject: plan.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["conditions"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', draft.Strata.Select(wanted => wanted.Conditions.Write()))))),
            ["randomRate"] = plan.RandomRate,
            ["rates"] = draft.Strata.Select(wanted => wanted.Rate).ToArray(),
        });
        return new SavedPlan(SavePlanOutcome.Saved, plan.Id);
    }

    // Place of the first stratum that names something which is not there.
    private static async Task<int?> UnknownAsync(ConsoleDbContext db, PlanDraft draft, CancellationToken cancellationToken)
    {
        HashSet<Guid> queues = [.. await db.Set<CaseQueue>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        HashSet<Guid> teams = [.. await db.Set<Team>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        HashSet<string> policies = [.. await db.Set<Policy>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        HashSet<string> actions = [.. await db.Set<ActionDefinition>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        int place = draft.Strata.ToList().FindIndex(wanted => !queues.IsSupersetOf(wanted.Conditions.Queues) || !teams.IsSupersetOf(wanted.Conditions.Teams)
            || !policies.IsSupersetOf(wanted.Conditions.Policies) || !actions.IsSupersetOf(wanted.Conditions.Actions));
        return place < 0 ? null : place;
    }
}
