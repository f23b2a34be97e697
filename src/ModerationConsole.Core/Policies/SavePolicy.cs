using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>What became of a policy that was to be saved.</summary>
public enum SavePolicyOutcome
{
    Saved,

    /// <summary>The id is not 1 to 200 of letters, digits and <c>_ - . :</c>.</summary>
    IdInvalid,

    /// <summary>There is a policy of that id already, and this was meant to be a new one.</summary>
    IdTaken,

    /// <summary>The code is empty or longer than 20 characters.</summary>
    CodeInvalid,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>Text or guidance is longer than 100 000 characters.</summary>
    TextTooLong,

    /// <summary>The list of actions or templates is longer than 5 000 characters.</summary>
    ListTooLong,

    /// <summary>The parent is not there, or stands below the policy itself.</summary>
    ParentInvalid,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,

    /// <summary>A field is not written as <c>type.field</c>.</summary>
    FieldInvalid,

    /// <summary>Nobody publishes on their own here: a draft is written, and someone else agrees to it.</summary>
    SecondPersonNeeded,

    /// <summary>A draft of it waits for an answer or for its time, and is withdrawn first.</summary>
    DraftUnderWay,
}

/// <summary>Writes a policy and puts it into force at once. New words are a new version; decisions keep the version they used.</summary>
[Requires(Permission.EditPolicies)]
public sealed class SavePolicy(WritePath writes, IAccessGuard guard, PolicyPublishing publishing, IOptions<PolicyOptions> options) : IUseCase
{
    /// <summary>Saves the policy.</summary>
    public async Task<SavePolicyOutcome> RunAsync(Caller caller, PolicyDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SavePolicy>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        // The console itself sets up its first policies, and there is nobody yet who could agree.
        return PolicyRules.RefusalOf(draft) is { } refusal ? refusal
            : options.Value.SecondPerson && caller.Kind != CallerKind.System ? SavePolicyOutcome.SecondPersonNeeded
            : await writes.RunAsync((scope, cancel) => SaveAsync(scope, caller, draft, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SavePolicyOutcome> SaveAsync(WriteScope scope, Caller caller, PolicyDraft draft, CancellationToken cancellationToken)
    {
        List<Policy> all = await scope.Db.Set<Policy>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        Policy? policy = all.Find(row => row.Id == draft.Id);
        SavePolicyOutcome? refusal = draft switch
        {
            { Version: null } when policy is not null => SavePolicyOutcome.IdTaken,
            { Version: { } version } when policy?.Version != version => SavePolicyOutcome.Changed,
            _ when draft.ParentId is { } parent && !PolicyRules.MayStandUnder(all, draft.Id, parent) => SavePolicyOutcome.ParentInvalid,
            _ => null,
        };
        if (refusal is null && await scope.Db.Set<PolicyRevision>().AnyAsync(
            row => row.OpenFor == draft.Id && row.State != RevisionState.Draft, cancellationToken).ConfigureAwait(false))
        {
            refusal = SavePolicyOutcome.DraftUnderWay;
        }

        if (refusal is null)
        {
            await publishing.BringIntoForceAsync(scope, caller, draft, scope.Now, cancellationToken).ConfigureAwait(false);
        }

        return refusal ?? SavePolicyOutcome.Saved;
    }
}
