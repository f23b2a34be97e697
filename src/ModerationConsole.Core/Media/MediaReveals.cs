using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Writes reveals and their ends: row and audit together.</summary>
public static class MediaReveals
{
    /// <summary>When and by what a reveal is over; null while it is not.</summary>
    /// <param name="hiddenAt">When the page hid it; null when it did not say so.</param>
    /// <remarks>What ended it is told by when it ended, not by who says so: how a task was left must not show here.</remarks>
    public static async Task<(DateTimeOffset At, MediaHideCause Cause)?> EndOfAsync(
        ConsoleDbContext db, MediaReveal reveal, IMediaShowing showing, DateTimeOffset now, DateTimeOffset? hiddenAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reveal);
        ArgumentNullException.ThrowIfNull(showing);
        DateTimeOffset? left = DrawnTaskOf(reveal) is { } task
            ? await showing.LeftScreenAsync(db, reveal.PersonId, task, now, cancellationToken).ConfigureAwait(false)
            : null;
        (DateTimeOffset? end, MediaHideCause cause) = (hiddenAt, MediaHideCause.Hidden);
        if (left <= (end ?? now))
        {
            (end, cause) = (left, MediaHideCause.LeaseEnded);
        }

        if (reveal.ExpiresAt <= (end ?? now))
        {
            (end, cause) = (reveal.ExpiresAt, MediaHideCause.Expired);
        }

        return end is { } at ? (at, cause) : null;
    }

    /// <summary>Ends a reveal that is over and has not been ended. True when this did.</summary>
    /// <param name="hiddenAt">When the page hid it; null when it did not say so.</param>
    public static async Task<bool> EndRevealAsync(
        this WriteScope scope, Caller caller, MediaReveal reveal, IMediaShowing showing, DateTimeOffset? hiddenAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(reveal);
        if (await scope.Db.Set<MediaRevealEnd>().AnyAsync(row => row.RevealId == reveal.Id, cancellationToken).ConfigureAwait(false)
            || await EndOfAsync(scope.Db, reveal, showing, scope.Now, hiddenAt, cancellationToken).ConfigureAwait(false) is not var (ended, cause))
        {
            return false;
        }

        scope.Db.Add(new MediaRevealEnd
        {
            RevealId = reveal.Id,
            EndedAt = ended,
            Seconds = Math.Max(0, (ended - reveal.RevealedAt).TotalSeconds),
            Cause = cause,
        });
        scope.Record(
            cause == MediaHideCause.Hidden ? caller : Caller.System, AuditAct.MediaHidden, reveal.CaseNumber, reveal.TaskNumber, reveal.MediaId.ToString(),
            new Dictionary<string, object?> { ["cause"] = cause.ToString(), ["reveal"] = reveal.Id });
        return true;
    }

    /// <summary>The task that a reveal was granted for; null when it was for a stated reason.</summary>
    internal static DrawnTask? DrawnTaskOf(MediaReveal reveal) =>
        reveal is { TaskNumber: { } number, Fencing: { } fence } ? new DrawnTask(number, fence) : null;

    /// <summary>Writes a reveal that was granted.</summary>
    internal static MediaReveal AddReveal(this WriteScope scope, Caller caller, RevealRequest request, string sha256, long? caseNumber)
    {
        // The row without its hash, hashed, and then with it: the hash covers what is stored, to the letter.
        MediaReveal Row(Guid id, byte[] hash) => new()
        {
            Id = id,
            MediaId = request.MediaId,
            Sha256 = sha256,
            Step = request.Step,
            PersonId = caller.Id,
            CaseNumber = caseNumber,
            TaskNumber = request.Task?.Number,
            Fencing = request.Task?.Fence,
            Reason = request.Task is null ? request.Reason?.Trim() : null,
            Filters = request.Filters.Write(),
            RevealedAt = scope.Now,
            ExpiresAt = scope.Now + (request.Task is null ? RevealMedia.LongestByReason : RevealMedia.LongestByTask),
            Hash = hash,
        };

        Guid id = Guid.CreateVersion7();
        MediaReveal reveal = Row(id, RevealHash.Of(Row(id, [])));
        scope.Db.Add(reveal);
        scope.Record(caller, AuditAct.MediaViewed, caseNumber, reveal.TaskNumber, reveal.MediaId.ToString(), new Dictionary<string, object?>
        {
            ["hash"] = Convert.ToHexStringLower(reveal.Hash),
            ["reveal"] = reveal.Id,
            ["sha256"] = sha256,
            ["step"] = (int)reveal.Step,
        });
        return reveal;
    }
}
