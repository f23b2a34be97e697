using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>A field of a case's item that a person asks to see.</summary>
/// <param name="ItemVersionId">The item that is judged.</param>
/// <param name="Field">Key in its data.</param>
/// <param name="Reason">Why they must see it.</param>
public sealed record UnmaskRequest(Guid ItemVersionId, string Field, string? Reason)
{
    /// <summary>The task on the person's screen; null where they do not work on the case.</summary>
    public DrawnTask? Task { get; init; }

    /// <summary>The case that is read, where it is not worked on.</summary>
    public long? CaseNumber { get; init; }
}

/// <summary>What came of asking to see a field.</summary>
public enum UnmaskOutcome
{
    Shown,

    /// <summary>There is no such field that is masked, or none that the person may know of.</summary>
    NotThere,

    /// <summary>The task is no longer on the person's screen.</summary>
    LeaseLost,

    /// <summary>The person may not look closer outside a task.</summary>
    NotAllowed,

    /// <summary>A reason is asked for; blanks are none.</summary>
    ReasonRequired,

    /// <summary>The reason is longer than <see cref="UnmaskField.LongestReason"/>.</summary>
    ReasonTooLong,

    /// <summary>Who reads the audit must first prove again who they are: they may look at everything.</summary>
    ProveFirst,
}

/// <summary>The answer; the values as the platform sent them, hostile until they are encoded.</summary>
public sealed record UnmaskResult(UnmaskOutcome Outcome, IReadOnlyList<string> Values)
{
    /// <summary>Nothing is shown.</summary>
    internal static UnmaskResult Refused(UnmaskOutcome outcome) => new(outcome, []);
}

/// <summary>Shows one person one personal field of a case's item, once. That they saw it, and why, is in the audit before it leaves.</summary>
[Requires(Permission.ViewCases)]
public sealed class UnmaskField(WritePath writes, IUnseenCases unseen, IAccessGuard guard, IRecentProof proof) : IUseCase
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = TextLength.Line;

    /// <summary>Gives out the field, or says why not.</summary>
    public async Task<UnmaskResult> RunAsync(Caller caller, UnmaskRequest request, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<UnmaskField>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        if (request.Task is null && permissions.Contains(Permission.ViewAudit) && !await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return UnmaskResult.Refused(UnmaskOutcome.ProveFirst);
        }

        string reason = request.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            return UnmaskResult.Refused(reason.Length == 0 ? UnmaskOutcome.ReasonRequired : UnmaskOutcome.ReasonTooLong);
        }

        return await writes.RunAsync((scope, cancel) => ShowAsync(scope, caller, request with { Reason = reason }, permissions, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<UnmaskResult> ShowAsync(
        WriteScope scope, Caller caller, UnmaskRequest request, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        // Who works on a case may do so blind; who reads it must be able to know of it.
        IQueryable<Case> cases = request.Task is null
            ? scope.Db.Set<Case>().VisibleTo(scope.Db, caller, permissions, unseen)
            : scope.Db.Set<Case>().VisibleWith(permissions);
        var found = caller.Kind != CallerKind.Person ? null : await (
            from about in cases.AsNoTracking()
            join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join type in scope.Db.Set<ItemType>() on item.TypeId equals type.Id
            where item.Id == request.ItemVersionId && (request.CaseNumber == null || about.Number == request.CaseNumber)
            orderby about.Number descending
            select new { about.Number, item.Data, type.Fields }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null || ItemFields.Of(found.Fields, found.Data).FirstOrDefault(field => field.Sensitive && field.Name == request.Field) is not { } field)
        {
            return UnmaskResult.Refused(UnmaskOutcome.NotThere);
        }

        UnmaskOutcome outcome = request.Task is { } task
            ? permissions.Contains(Permission.ReviewCases) && await IsOnScreenAsync(scope, caller, task, found.Number, cancellationToken).ConfigureAwait(false)
                ? UnmaskOutcome.Shown : UnmaskOutcome.LeaseLost
            : permissions.Contains(Permission.RevealMedia) ? UnmaskOutcome.Shown : UnmaskOutcome.NotAllowed;
        Dictionary<string, object?> details = new() { ["field"] = field.Name };
        if (outcome != UnmaskOutcome.Shown)
        {
            details["outcome"] = outcome.ToString();
            scope.Record(caller, AuditAct.FieldDenied, found.Number, subject: request.ItemVersionId.ToString(), details: details);
            return UnmaskResult.Refused(outcome);
        }

        details["reason"] = request.Reason;
        scope.Record(caller, AuditAct.FieldUnmasked, found.Number, request.Task?.Number, request.ItemVersionId.ToString(), details);
        return new UnmaskResult(UnmaskOutcome.Shown, field.Values);
    }

    private static Task<bool> IsOnScreenAsync(WriteScope scope, Caller caller, DrawnTask task, long caseNumber, CancellationToken cancellationToken) =>
        scope.Db.Set<ActiveLease>().AnyAsync(
            lease => lease.TaskNumber == task.Number && lease.Fence == task.Fence && lease.CaseNumber == caseNumber && lease.PersonId == caller.Id
                // One drawn ahead is not on the screen.
                && lease.Slot == LeaseSlot.Shown && lease.ExpiresAt >= scope.Now,
            cancellationToken);
}
