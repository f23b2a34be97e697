using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>What became of saying that an emergency was seen.</summary>
public enum AcknowledgeOutcome
{
    Acknowledged,

    /// <summary>Someone said so before.</summary>
    AlreadyAcknowledged,

    /// <summary>Who raised it has seen it anyway: someone else has to.</summary>
    RaisedByCaller,

    /// <summary>There is no open emergency of that number that the caller may know of.</summary>
    NotThere,
}

/// <summary>Someone on call says that they have seen an emergency: nobody is alerted of its clock any more. The clock runs on.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class AcknowledgeEmergency(WritePath writes, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>Says so once.</summary>
    public async Task<AcknowledgeOutcome> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AcknowledgeEmergency>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => SayAsync(scope, caller, number, permissions, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AcknowledgeOutcome> SayAsync(WriteScope scope, Caller caller, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        Escalation? raised = await scope.Db.EscalationsInSightOf(caller, permissions, unseen)
            .SingleOrDefaultAsync(row => row.ExpertTask == number && scope.Db.OpenEmergencies().Any(open => open.Id == row.Id), cancellationToken).ConfigureAwait(false);
        if (raised is null)
        {
            return AcknowledgeOutcome.NotThere;
        }

        if (raised.AskedBy == caller.Id)
        {
            return AcknowledgeOutcome.RaisedByCaller;
        }

        if (raised.AcknowledgedBy is not null)
        {
            return AcknowledgeOutcome.AlreadyAcknowledged;
        }

        raised.Acknowledge(caller.Id, scope.Now);
        bool childSafety = await scope.Db.Set<Case>().AnyAsync(about => about.Number == raised.CaseNumber && about.Sensitivity == Sensitivity.ChildSafety, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.EmergencyAcknowledged, raised.CaseNumber, number, raised.Id.ToString());
        scope.Publish(LiveKind.CaseChanged, raised.CaseNumber, childSafety: childSafety);
        return AcknowledgeOutcome.Acknowledged;
    }
}
