using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Makes a draft that waits for an answer or for its time a draft again.</summary>
[Requires(Permission.EditPolicies)]
public sealed class WithdrawRevision(WritePath writes, IAccessGuard guard, IPolicyNews news) : IUseCase
{
    /// <summary>Withdraws it.</summary>
    public async Task<MoveRevisionOutcome> RunAsync(Caller caller, RevisionRef asked, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<WithdrawRevision>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(asked);
        return await writes.RunAsync((scope, cancel) => WithdrawAsync(scope, caller, asked, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveRevisionOutcome> WithdrawAsync(WriteScope scope, Caller caller, RevisionRef asked, CancellationToken cancellationToken)
    {
        PolicyRevision? revision = await RevisionMoving.FindAsync(scope, asked, cancellationToken).ConfigureAwait(false);
        if (revision is not { State: RevisionState.Asked or RevisionState.Scheduled })
        {
            return MoveRevisionOutcome.Changed;
        }

        // At its time it is in force, whether or not the background has come round to it.
        if (revision.State == RevisionState.Scheduled && !PolicyInForce.CanBeTakenBack(revision.EffectiveFrom, scope.Now))
        {
            return MoveRevisionOutcome.TooLate;
        }

        scope.Record(caller, AuditAct.PolicyDraftWithdrawn, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["from"] = revision.State.ToString(),
        });
        await news.EndedAsync(scope, revision, cancellationToken).ConfigureAwait(false);
        await RevisionMoving.TakeBackAsync(scope, revision, cancellationToken).ConfigureAwait(false);
        return MoveRevisionOutcome.Withdrawn;
    }
}
