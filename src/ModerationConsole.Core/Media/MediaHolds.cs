using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What follows for media from being child-safety media: nobody may delete it for a year, and its files are encrypted.</summary>
internal static class MediaHolds
{
    private const int HoldYears = 1;

    /// <summary>Marks an object and holds it. One that is held already is not held for longer.</summary>
    public static void MarkChildSafety(this WriteScope scope, MediaObject row, Caller caller)
    {
        row.ChildSafety = true;
        row.Resemble(null);
        if (row.HoldUntil is not null)
        {
            return;
        }

        row.HoldUntil = scope.Now.AddYears(HoldYears);
        scope.Record(caller, AuditAct.MediaHeld, subject: row.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["until"] = row.HoldUntil.Value.ToString("O"),
        });
    }

    /// <summary>Hashes of child-safety media whose files are not known to be encrypted.</summary>
    public static Task<List<string>> PlainChildSafetyAsync(this ConsoleDbContext db, int most, CancellationToken cancellationToken) =>
        db.Set<MediaObject>()
            .Where(row => row.ChildSafety && row.EncryptedWith == null && row.Sha256 != null)
            .Select(row => row.Sha256!)
            .Distinct()
            .OrderBy(hash => hash)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>Notes on every object of these bytes that its files are encrypted; once each. Returns how many.</summary>
    public static async Task<int> FinishEncryptionAsync(
        this WriteScope scope, string sha256, string keyId, CancellationToken cancellationToken)
    {
        var rows = await scope.Db.Set<MediaObject>()
            .Where(row => row.Sha256 == sha256 && row.EncryptedWith == null)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            scope.MarkChildSafety(row, Caller.System);
            row.EncryptedWith = keyId;
            scope.Record(Caller.System, AuditAct.MediaEncrypted, subject: row.Id.ToString(), details: new Dictionary<string, object?>
            {
                ["key"] = keyId,
            });
        }

        return rows.Count;
    }
}
