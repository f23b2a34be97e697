using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Media;

/// <summary>Files that are to be deleted: written with the removal, gone with the files, so that no crash leaves one behind.</summary>
public sealed class MediaRemoval
{
    /// <summary>SHA-256 of the original, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Removes media: its rows say that it was here, its files go.</summary>
public static class MediaRemovals
{
    /// <summary>Removes media that is under no hold. Returns how many objects were.</summary>
    public static async Task<int> RemoveMediaAsync(this WriteScope scope, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        List<MediaObject> rows = await scope.Db.Set<MediaObject>()
            .Where(row => ids.Contains(row.Id) && (row.HoldUntil == null || row.HoldUntil < scope.Now) && row.Problem != nameof(MediaProblem.Removed))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (MediaObject row in rows)
        {
            string? sha256 = row.Sha256;
            row.Remove();
            scope.Db.Entry(row).Property(one => one.SourceUrl).CurrentValue = null;
            scope.Record(Caller.System, AuditAct.MediaRemoved, subject: row.Id.ToString());
            if (sha256 is not null && await scope.Db.Set<MediaRemoval>().FindAsync([sha256], cancellationToken).ConfigureAwait(false) is null)
            {
                scope.Db.Add(new MediaRemoval { Sha256 = sha256, At = scope.Now });
            }
        }

        return rows.Count;
    }
}

/// <summary>Deletes the files of what was removed.</summary>
public sealed class RemovedFiles(IMediaStore store)
{
    /// <summary>Deletes what waits to be deleted, unless the same bytes came in again.</summary>
    public async Task SweepAsync(RetentionPass pass, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pass);
        List<string> waiting = await pass.ReadAsync(
            db => db.Set<MediaRemoval>().OrderBy(row => row.At).Select(row => row.Sha256).ToListAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (string sha256 in waiting)
        {
            await pass.BatchAsync((scope, cancel) => DeleteAsync(scope, sha256, cancel), cancellationToken).ConfigureAwait(false);
        }
    }

    // Inside the write, so that nothing of the same bytes is stored between the look and the deletion.
    private async Task<int> DeleteAsync(WriteScope scope, string sha256, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<MediaObject>().AnyAsync(row => row.Sha256 == sha256, cancellationToken).ConfigureAwait(false))
        {
            store.Remove(sha256);
            await scope.Db.Set<MediaRendition>().Where(row => row.Sha256 == sha256).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await scope.Db.Set<MediaRemoval>().Where(row => row.Sha256 == sha256).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }
}

internal sealed class MediaRemovalConfiguration : IEntityTypeConfiguration<MediaRemoval>
{
    public void Configure(EntityTypeBuilder<MediaRemoval> builder)
    {
        builder.ToTable("media_removal");
        builder.HasKey(row => row.Sha256);
        builder.Property(row => row.Sha256).HasMaxLength(64);
    }
}
