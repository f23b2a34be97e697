using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Gives a draft up. Its words stay stored; nobody is shown them any more.</summary>
[Requires(Permission.EditPolicies)]
public sealed class DiscardRevision(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Gives it up.</summary>
    public async Task<MoveRevisionOutcome> RunAsync(Caller caller, RevisionRef asked, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DiscardRevision>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(asked);
        return await writes.RunAsync((scope, cancel) => DiscardAsync(scope, caller, asked, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MoveRevisionOutcome> DiscardAsync(WriteScope scope, Caller caller, RevisionRef asked, CancellationToken cancellationToken)
    {
        PolicyRevision? revision = await RevisionMoving.FindAsync(scope, asked, cancellationToken).ConfigureAwait(false);
        if (revision is not { State: RevisionState.Draft })
        {
            return MoveRevisionOutcome.Changed;
        }

        (revision.State, revision.OpenFor) = (RevisionState.Discarded, null);
        scope.Record(caller, AuditAct.PolicyDraftDiscarded, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["edition"] = revision.Edition,
        });
        return MoveRevisionOutcome.Discarded;
    }
}
