using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What a person asks to see.</summary>
/// <param name="MediaId">The media object.</param>
/// <param name="Step">The one step above the blurred still.</param>
/// <param name="Filters">What will lie over it.</param>
public sealed record RevealRequest(Guid MediaId, MediaStep Step, MediaFilters Filters)
{
    /// <summary>The task on the person's screen; null where they do not work on the case.</summary>
    public DrawnTask? Task { get; init; }

    /// <summary>The case that is read, where it is not worked on.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>Why the person must see it, where they do not work on the case.</summary>
    public string? Reason { get; init; }
}

/// <summary>What came of asking to see media.</summary>
public enum RevealOutcome
{
    Revealed,

    /// <summary>There is no such media, or none that the person may know of.</summary>
    NotThere,

    /// <summary>That step is not stored. No other is shown in its place.</summary>
    NotRendered,

    /// <summary>That step is still being made.</summary>
    NotYet,

    /// <summary>The task is no longer on the person's screen.</summary>
    LeaseLost,

    /// <summary>The person may not look closer outside a task.</summary>
    NotAllowed,

    /// <summary>Outside a task a reason is asked for; blanks are none.</summary>
    ReasonRequired,

    /// <summary>The reason is longer than <see cref="RevealMedia.LongestReason"/>.</summary>
    ReasonTooLong,

    /// <summary>Who reads the audit must first prove again who they are: they may look at everything.</summary>
    ProveFirst,
}

/// <summary>The answer; a grant names the reveal, how long it lasts at most, and what comes next.</summary>
/// <param name="ExpiresAt">When it is over at the latest, UTC. It is over before when the task leaves the screen.</param>
/// <param name="ContentType">What will be served.</param>
/// <param name="Next">The next step above that is stored; null when there is none.</param>
/// <param name="NextType">What that would be.</param>
public sealed record RevealResult(
    RevealOutcome Outcome, Guid? RevealId = null, DateTimeOffset? ExpiresAt = null, string? ContentType = null, MediaStep? Next = null, string? NextType = null);

/// <summary>
/// Lets a person see one step of one media object above its blurred still. That they saw it is in the audit before a byte leaves:
/// the route serves nothing without the reveal that this writes.
/// </summary>
[Requires(Permission.ViewCases)]
public sealed class RevealMedia(WritePath writes, IMediaStore store, IMediaShowing showing, IAccessGuard guard, IRecentProof proof) : IUseCase
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = TextLength.Line;

    /// <summary>How long a reveal lasts at most while its task is on the screen.</summary>
    public static readonly TimeSpan LongestByTask = TimeSpan.FromMinutes(15);

    /// <summary>How long a reveal for a stated reason lasts.</summary>
    public static readonly TimeSpan LongestByReason = TimeSpan.FromMinutes(5);

    /// <summary>Grants the step, or says why not.</summary>
    public async Task<RevealResult> RunAsync(Caller caller, RevealRequest request, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RevealMedia>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        if (request.Task is null && permissions.Contains(Permission.ViewAudit) && !await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new RevealResult(RevealOutcome.ProveFirst);
        }

        return await writes.RunAsync((scope, cancel) => RevealAsync(scope, caller, request, permissions, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<RevealResult> RevealAsync(
        WriteScope scope, Caller caller, RevealRequest request, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        MediaObject? media = await scope.Db.Set<MediaObject>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.MediaId, cancellationToken).ConfigureAwait(false);
        if (media is null)
        {
            return new RevealResult(RevealOutcome.NotThere);
        }

        (RevealOutcome outcome, long? caseNumber) = await AskAsync(scope, caller, request, media, permissions, cancellationToken).ConfigureAwait(false);
        if (outcome != RevealOutcome.Revealed)
        {
            return Refuse(scope, caller, request, outcome);
        }

        SortedDictionary<MediaStep, string> steps = await MediaLadder.StepsAsync(scope.Db, store, media.Sha256, cancellationToken).ConfigureAwait(false);
        KeyValuePair<MediaStep, string> next = steps.FirstOrDefault(step => step.Key > request.Step);
        if (!steps.TryGetValue(request.Step, out string? type))
        {
            if (media.State == MediaState.Pending || media.Ladder == LadderState.Waiting)
            {
                return new RevealResult(RevealOutcome.NotYet);
            }

            return new RevealResult(RevealOutcome.NotRendered, Next: next.Value is null ? null : next.Key, NextType: next.Value);
        }

        // What plays has no regions, and the original leaves whole or not at all.
        if (request.Filters.ByRegion && (request.Step == MediaStep.Original || type != StepReader.StillType))
        {
            return new RevealResult(RevealOutcome.NotRendered, Next: next.Value is null ? null : next.Key, NextType: next.Value);
        }

        MediaReveal reveal = scope.AddReveal(caller, request, media.Sha256!, caseNumber);
        return new RevealResult(RevealOutcome.Revealed, reveal.Id, reveal.ExpiresAt, type, next.Value is null ? null : next.Key, next.Value);
    }

    private async Task<(RevealOutcome Outcome, long? CaseNumber)> AskAsync(
        WriteScope scope, Caller caller, RevealRequest request, MediaObject media, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        if (caller.Kind != CallerKind.Person || (media.ChildSafety && !permissions.Contains(Permission.ChildSafety)))
        {
            return (RevealOutcome.NotThere, null);
        }

        if (await showing.CaseSeenAsync(scope.Db, permissions, media.Id, request.CaseNumber, cancellationToken).ConfigureAwait(false) is not { } seen)
        {
            return (RevealOutcome.NotThere, null);
        }

        if (request.Task is { } task)
        {
            long? worked = await showing.CaseOnScreenAsync(scope.Db, caller.Id, task, media.Id, scope.Now, cancellationToken).ConfigureAwait(false);
            return worked is null || !permissions.Contains(Permission.ReviewCases) ? (RevealOutcome.LeaseLost, null) : (RevealOutcome.Revealed, worked);
        }

        if (!permissions.Contains(Permission.RevealMedia))
        {
            return (RevealOutcome.NotAllowed, null);
        }

        return string.IsNullOrWhiteSpace(request.Reason) ? (RevealOutcome.ReasonRequired, null)
            : request.Reason.Trim().Length > LongestReason ? (RevealOutcome.ReasonTooLong, null)
            : (RevealOutcome.Revealed, seen);
    }

    private static RevealResult Refuse(WriteScope scope, Caller caller, RevealRequest request, RevealOutcome outcome)
    {
        // A form that is not filled in yet is no attempt.
        if (outcome is not (RevealOutcome.ReasonRequired or RevealOutcome.ReasonTooLong))
        {
            MediaDenials.Add(scope, caller, request.MediaId, request.Step, outcome.ToString());
        }

        return new RevealResult(outcome);
    }
}
