using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>
/// Precedents of a policy that has new words are offered no more: whether they still hold is for an expert to say. Who wrote them
/// is told once a version, however many there are.
/// </summary>
internal sealed class PrecedentsOfPolicies : IPolicyVersionObserver
{
    public async Task InForceAsync(WriteScope scope, Caller caller, PolicyVersion version, CancellationToken cancellationToken)
    {
        List<Precedent> written = await scope.Db.Set<Precedent>()
            .Where(row => row.PolicyId == version.PolicyId && row.State == PrecedentState.InForce && row.PolicyVersion != version.Number)
            .OrderBy(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Precedent precedent in written)
        {
            precedent.Supersede(scope.Now);
            scope.Record(caller, AuditAct.PrecedentSuperseded, precedent);
        }

        // Who may not know of child safety learns nothing of it by a count, nor by being told.
        foreach (Guid author in written.Where(row => !row.ChildSafety).Select(row => row.WrittenBy).Distinct())
        {
            await scope.TellAsync(
                author, InboxKind.PrecedentsSuperseded, $"precedents:{version.Id}", cancellationToken, subject: version.PolicyId).ConfigureAwait(false);
        }
    }
}
