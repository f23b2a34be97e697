using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>A task as it was drawn on a person's screen.</summary>
public sealed record DrawnTask(long Number, long Fence);

/// <summary>Tells which cases show a piece of media, and to whom. Asked here, answered by Queues above.</summary>
public interface IMediaShowing
{
    /// <summary>
    /// Number of the case whose task the person has on the screen now, drawn so, and which shows the media; null when the lease
    /// ended, was drawn again, is only a spare, or its case shows something else.
    /// </summary>
    Task<long?> CaseOnScreenAsync(
        ConsoleDbContext db, Guid personId, DrawnTask task, Guid mediaId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Number of the newest case which shows the media and which the permissions open; null when there is none.</summary>
    /// <param name="caseNumber">The only case that counts; null for any.</param>
    Task<long?> CaseSeenAsync(
        ConsoleDbContext db, IReadOnlySet<Permission> permissions, Guid mediaId, long? caseNumber, CancellationToken cancellationToken);

    /// <summary>When a draw left the person's screen, UTC; null while it is there.</summary>
    Task<DateTimeOffset?> LeftScreenAsync(ConsoleDbContext db, Guid personId, DrawnTask task, DateTimeOffset now, CancellationToken cancellationToken);
}
