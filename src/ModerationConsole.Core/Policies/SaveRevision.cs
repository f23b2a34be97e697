using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>What a person wrote in a draft of a policy.</summary>
/// <param name="Words">The policy as they want it.</param>
/// <param name="BasedOn">Number of the version in force that they saw beside it; 0 for a new policy.</param>
/// <param name="RevisionId">The draft that they wrote on; null to begin one.</param>
/// <param name="Version">The version of the draft that they wrote on.</param>
public sealed record RevisionCommand(PolicyDraft Words, int BasedOn, Guid? RevisionId = null, long? Version = null);

/// <summary>The answer to a draft that was to be kept.</summary>
/// <param name="RevisionId">The draft, where it was kept.</param>
public sealed record SaveRevisionResult(SavePolicyOutcome Outcome, Guid? RevisionId = null);

/// <summary>
/// Keeps a draft of a policy. Nothing else changes by it. Of two people who write on one draft the second is told, and what the first
/// wrote stays.
/// </summary>
[Requires(Permission.EditPolicies)]
public sealed class SaveRevision(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Keeps it.</summary>
    public async Task<SaveRevisionResult> RunAsync(Caller caller, RevisionCommand command, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveRevision>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(command);
        return PolicyRules.RefusalOf(command.Words) is { } refusal
            ? new SaveRevisionResult(refusal)
            : await writes.RunAsync((scope, cancel) => SaveAsync(scope, caller, command, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveRevisionResult> SaveAsync(WriteScope scope, Caller caller, RevisionCommand command, CancellationToken cancellationToken)
    {
        string id = command.Words.Id;
        List<Policy> all = await scope.Db.Set<Policy>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        PolicyRevision? open = await scope.Db.Set<PolicyRevision>().SingleOrDefaultAsync(row => row.OpenFor == id, cancellationToken).ConfigureAwait(false);
        SavePolicyOutcome? refusal = (command, open) switch
        {
            ({ RevisionId: null, BasedOn: 0 }, _) when open is not null || all.Exists(row => row.Id == id) => SavePolicyOutcome.IdTaken,
            ({ RevisionId: null }, not null) => SavePolicyOutcome.Changed,
            ({ RevisionId: { } asked }, _) when open?.Id != asked => SavePolicyOutcome.Changed,
            ({ RevisionId: not null }, { State: not RevisionState.Draft }) => SavePolicyOutcome.DraftUnderWay,
            ({ RevisionId: not null }, _) when open!.Version != command.Version => SavePolicyOutcome.Changed,
            _ when command.BasedOn > (all.Find(row => row.Id == id)?.CurrentVersion ?? 0) => SavePolicyOutcome.Changed,
            _ when !PolicyRules.MayStandUnder(all, id, command.Words.ParentId) => SavePolicyOutcome.ParentInvalid,
            _ => null,
        };
        return refusal is { } reason ? new SaveRevisionResult(reason) : new SaveRevisionResult(SavePolicyOutcome.Saved, Write(scope, caller, command, open));
    }

    private static Guid Write(WriteScope scope, Caller caller, RevisionCommand command, PolicyRevision? open)
    {
        PolicyRevision revision = open ?? scope.Db.Add(new PolicyRevision { PolicyId = command.Words.Id, OpenFor = command.Words.Id }).Entity;
        revision.Write(command.Words);
        revision.BasedOn = command.BasedOn;
        if (open is not null && !scope.Db.Entry(revision).Properties.Any(property => property.IsModified))
        {
            return revision.Id;
        }

        revision.Edition += open is null ? 0 : 1;
        Guid? writer = caller.Kind == CallerKind.Person ? caller.Id : null;
        (revision.WrittenAt, revision.WrittenBy) = (scope.Now, writer);
        if (writer is { } person && !revision.IsBy(person))
        {
            revision.Writers = PolicyLists.Join(PolicyLists.Of(revision.Writers).Append(person.ToString()));
        }

        scope.Record(caller, AuditAct.PolicyDraftSaved, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["edition"] = revision.Edition,
        });
        return revision.Id;
    }
}
