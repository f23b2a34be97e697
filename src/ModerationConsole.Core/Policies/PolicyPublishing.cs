using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Policies;

/// <summary>Brings a policy's words into force: the one place where a version is made.</summary>
public sealed class PolicyPublishing(IEnumerable<IPolicyVersionObserver> observers)
{
    /// <summary>Puts the words into force inside a write. What was decided before keeps the version it was decided with.</summary>
    /// <param name="from">From when the version applies: now, or the time it was agreed for.</param>
    internal async Task<Policy> BringIntoForceAsync(WriteScope scope, Caller caller, PolicyDraft draft, DateTimeOffset from, CancellationToken cancellationToken)
    {
        List<Policy> all = await scope.Db.Set<Policy>().ToListAsync(cancellationToken).ConfigureAwait(false);
        Policy policy = all.Find(row => row.Id == draft.Id) ?? scope.Db.Add(new Policy { Id = draft.Id, CurrentVersion = 0 }).Entity;
        // The tree may have changed since the draft was agreed upon: one that cannot stand there any more stays where it is.
        bool moved = PolicyRules.MayStandUnder(all, draft.Id, draft.ParentId);
        policy.ParentId = moved ? draft.ParentId : policy.ParentId;
        (policy.Archived, policy.NextFrom) = (draft.Archived, null);
        PolicyVersion version = PolicyVersion.Of(draft, policy.CurrentVersion + 1, from);
        PolicyVersion? current = await scope.Db.Set<PolicyVersion>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.PolicyId == policy.Id && row.Number == policy.CurrentVersion, cancellationToken).ConfigureAwait(false);
        if (current is null || !SaysTheSame(current, version))
        {
            scope.Db.Add(version);
            Show(policy, version);
            foreach (IPolicyVersionObserver observer in observers)
            {
                await observer.InForceAsync(scope, caller, version, cancellationToken).ConfigureAwait(false);
            }
        }

        scope.Record(caller, AuditAct.PolicyChanged, subject: policy.Id, details: new Dictionary<string, object?>
        {
            ["archived"] = policy.Archived,
            ["policyVersion"] = policy.CurrentVersion,
            ["stayedInTree"] = moved ? null : true,
        });
        scope.Publish(LiveKind.ConfigurationChanged, state: "policy");
        return policy;
    }

    private static bool SaysTheSame(PolicyVersion one, PolicyVersion other) => Said(one) == Said(other);

    private static (string, string, string, string, Severity, string, (string, bool, string, string)) Said(PolicyVersion version) =>
        (version.Code, version.Name, version.Text, version.Guidance, version.Severity, version.RecommendedActions,
            (version.ReasonTemplates, version.ReasonRequired, version.Queues, version.Fields));

    private static void Show(Policy policy, PolicyVersion version)
    {
        (policy.CurrentVersion, policy.Code, policy.Name, policy.Severity) = (version.Number, version.Code, version.Name, version.Severity);
        (policy.RecommendedActions, policy.ReasonTemplates, policy.ReasonRequired) = (version.RecommendedActions, version.ReasonTemplates, version.ReasonRequired);
        (policy.Queues, policy.Fields) = (version.Queues, version.Fields);
    }
}
