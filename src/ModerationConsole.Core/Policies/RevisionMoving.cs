using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>What became of a draft that was to be moved on.</summary>
public enum MoveRevisionOutcome
{
    /// <summary>It is in force.</summary>
    Published,

    /// <summary>It is agreed upon and comes into force at its time.</summary>
    Scheduled,

    /// <summary>Someone else is asked to agree.</summary>
    Asked,

    /// <summary>It went back to those who write it.</summary>
    Returned,

    /// <summary>It is a draft again.</summary>
    Withdrawn,

    /// <summary>It is given up.</summary>
    Discarded,

    /// <summary>Someone changed or moved it meanwhile, or it is not there.</summary>
    Changed,

    /// <summary>Whoever had a hand in it may not agree to it.</summary>
    OwnDraft,

    /// <summary>There is nobody else who may agree.</summary>
    NobodyElse,

    /// <summary>Another version came into force since it was written: what it changes must be looked at again.</summary>
    BaseChanged,

    /// <summary>The policy that it is to stand under is gone, or stands below it.</summary>
    ParentInvalid,

    /// <summary>Whoever sends it back says why.</summary>
    NoteRequired,

    /// <summary>The note is longer than 5 000 characters.</summary>
    NoteTooLong,

    /// <summary>Its time has come.</summary>
    TooLate,
}

/// <summary>Which draft is meant, as the person saw it.</summary>
/// <param name="Version">The version of the draft that they saw.</param>
public sealed record RevisionRef(Guid Id, long Version);

/// <summary>Moves drafts of policies on, inside a write.</summary>
public sealed class RevisionMoving(PolicyPublishing publishing)
{
    internal static async Task<PolicyRevision?> FindAsync(WriteScope scope, RevisionRef asked, CancellationToken cancellationToken) =>
        await scope.Db.Set<PolicyRevision>().SingleOrDefaultAsync(row => row.Id == asked.Id && row.Version == asked.Version, cancellationToken).ConfigureAwait(false);

    /// <summary>What keeps a draft from coming into force as it is.</summary>
    internal static async Task<MoveRevisionOutcome?> RefusalAsync(WriteScope scope, PolicyRevision revision, CancellationToken cancellationToken)
    {
        List<Policy> all = await scope.Db.Set<Policy>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return (all.Find(row => row.Id == revision.PolicyId)?.CurrentVersion ?? 0) != revision.BasedOn ? MoveRevisionOutcome.BaseChanged
            : !PolicyRules.MayStandUnder(all, revision.PolicyId, revision.ParentId) ? MoveRevisionOutcome.ParentInvalid
            : null;
    }

    /// <summary>Brings a draft that nothing speaks against into force, or has it wait for its time.</summary>
    internal async Task<MoveRevisionOutcome> AgreeAsync(WriteScope scope, Caller caller, PolicyRevision revision, CancellationToken cancellationToken)
    {
        if (revision.EffectiveFrom is not { } from || from <= scope.Now)
        {
            await PublishAsync(scope, caller, revision, scope.Now, cancellationToken).ConfigureAwait(false);
            return MoveRevisionOutcome.Published;
        }

        revision.State = RevisionState.Scheduled;
        Policy? policy = await scope.Db.Set<Policy>().SingleOrDefaultAsync(row => row.Id == revision.PolicyId, cancellationToken).ConfigureAwait(false);
        policy?.NextFrom = from;
        scope.Record(caller, AuditAct.PolicyScheduled, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["from"] = from.UtcDateTime.ToString("O"),
        });
        return MoveRevisionOutcome.Scheduled;
    }

    /// <summary>Brings a draft whose time has come into force; false where another was quicker.</summary>
    public async Task<bool> TakeEffectAsync(WriteScope scope, Guid revisionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        PolicyRevision? revision = await scope.Db.Set<PolicyRevision>()
            .SingleOrDefaultAsync(row => row.Id == revisionId && row.State == RevisionState.Scheduled, cancellationToken).ConfigureAwait(false);
        if (revision?.EffectiveFrom is not { } from || from > scope.Now)
        {
            return false;
        }

        await PublishAsync(scope, Caller.System, revision, from, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes it a draft again.</summary>
    internal static async Task TakeBackAsync(WriteScope scope, PolicyRevision revision, CancellationToken cancellationToken)
    {
        // An agreement that was taken back is no answer to what is written now.
        (revision.State, revision.AnsweredBy, revision.AnswerNote) = (RevisionState.Draft, null, null);
        Policy? policy = await scope.Db.Set<Policy>().SingleOrDefaultAsync(row => row.Id == revision.PolicyId, cancellationToken).ConfigureAwait(false);
        policy?.NextFrom = null;
    }

    private async Task PublishAsync(WriteScope scope, Caller caller, PolicyRevision revision, DateTimeOffset from, CancellationToken cancellationToken)
    {
        Policy policy = await publishing.BringIntoForceAsync(scope, caller, revision.Words(), from, cancellationToken).ConfigureAwait(false);
        (revision.State, revision.OpenFor, revision.BecameVersion) = (RevisionState.Published, null, policy.CurrentVersion);
    }
}
