using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Intake;

/// <summary>What tells versions of items apart.</summary>
internal readonly record struct VersionKey(string TypeId, string ItemId, string Hash)
{
    public static VersionKey Of(AcceptedItem item) => new(item.Type.Id, item.Id, Convert.ToHexStringLower(item.Hash));
}

/// <summary>An item version in the store.</summary>
/// <param name="Accepted">The item as it came in.</param>
/// <param name="VersionId">Its row, made now or before.</param>
/// <param name="IsNew">Whether this is the first time that version came in.</param>
internal sealed record StoredItem(AcceptedItem Accepted, Guid VersionId, bool IsNew);

/// <summary>Keeps item versions, each once.</summary>
internal static class ItemStore
{
    /// <summary>Stores what is new of <paramref name="items"/>, with the media they name, and finds the rest.</summary>
    public static async Task<IReadOnlyList<StoredItem>> StoreAsync(
        this WriteScope scope, Caller caller, IReadOnlyList<AcceptedItem> items, CancellationToken cancellationToken)
    {
        KnownVersions before = await FindAsync(scope, items, cancellationToken).ConfigureAwait(false);
        Dictionary<VersionKey, Guid> known = before.Ids;
        List<StoredItem> stored = new(items.Count);
        List<ItemVersion> added = [];
        foreach (AcceptedItem item in items)
        {
            VersionKey key = VersionKey.Of(item);
            bool isNew = !known.TryGetValue(key, out Guid versionId);
            if (isNew)
            {
                int number = before.Last[(item.Type.Id, item.Id)] = before.Last.GetValueOrDefault((item.Type.Id, item.Id)) + 1;
                ItemVersion version = Make(scope, item, number);
                added.Add(version);
                known.Add(key, versionId = version.Id);
            }

            stored.Add(new StoredItem(item, versionId, isNew));
            scope.Record(caller, AuditAct.ItemReceived, subject: versionId.ToString(), details: new Dictionary<string, object?>
            {
                ["again"] = !isNew,
                ["contentHash"] = key.Hash,
                ["itemType"] = item.Type.Id,
            });
        }

        await scope.InsertAsync(added).ConfigureAwait(false);
        // What routes them finds them in the context's memory.
        scope.Db.AttachRange(added);
        return stored;
    }

    private static async Task<KnownVersions> FindAsync(WriteScope scope, IReadOnlyList<AcceptedItem> items, CancellationToken cancellationToken)
    {
        string[] ids = [.. items.Select(item => item.Id).Distinct(StringComparer.Ordinal)];
        byte[][] hashes = [.. items.Select(item => item.Hash)];
        DbSet<ItemVersion> all = scope.Db.Set<ItemVersion>();
        // Those that are the same, and of each item the last: not all that a busy item ever had.
        var rows = await all.Where(row => ids.Contains(row.ItemId)
                && (hashes.Contains(row.ContentHash) || !all.Any(later => later.ItemId == row.ItemId && later.TypeId == row.TypeId && later.Number > row.Number)))
            .Select(row => new { row.Id, row.TypeId, row.ItemId, row.ContentHash, row.Number })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return new KnownVersions(
            rows.ToDictionary(row => new VersionKey(row.TypeId, row.ItemId, Convert.ToHexStringLower(row.ContentHash)), row => row.Id),
            rows.GroupBy(row => (row.TypeId, row.ItemId)).ToDictionary(versions => versions.Key, versions => versions.Max(row => row.Number)));
    }

    private static ItemVersion Make(WriteScope scope, AcceptedItem item, int number)
    {
        ItemFacts facts = item.Facts;
        // Child-safety items are compared with nothing.
        TextLikeness? likeness = item.Type.Sensitivity == Sensitivity.ChildSafety ? null : TextLikeness.Of(facts.Text);
        ItemVersion version = new()
        {
            TypeId = item.Type.Id,
            ItemId = item.Id,
            ContentHash = item.Hash,
            Number = number,
            Data = item.Data,
            Text = facts.Text,
            TextKey = likeness?.Key,
            TextHash = likeness?.Hash,
            CreatorTypeId = facts.CreatorTypeId,
            CreatorId = facts.CreatorId,
            ThreadId = facts.ThreadId,
            ParentId = facts.ParentId,
            Language = facts.Language,
            Region = item.Region,
            CreatedAt = facts.CreatedAt,
            ReceivedAt = scope.Now,
        };
        int position = 0;
        foreach (MediaMention mention in facts.Media)
        {
            MediaObject media = new()
            {
                SourceUrl = mention.Url,
                Kind = KindOf(mention.Type),
                ChildSafety = item.Type.Sensitivity == Sensitivity.ChildSafety,
                NextAttemptAt = scope.Now,
                CreatedAt = scope.Now,
            };
            scope.Db.Add(media);
            scope.Db.Add(new ItemMedia { ItemVersionId = version.Id, Position = position++, MediaId = media.Id, Field = mention.Field });
        }

        foreach (AttachedMedia attached in item.Attached)
        {
            scope.Db.Add(new ItemMedia { ItemVersionId = version.Id, Position = position++, MediaId = attached.MediaId, Field = attached.Field });
        }

        return version;
    }

    /// <summary>What the platform says it is; its bytes decide later.</summary>
    private static MediaKind KindOf(FieldType type) => type switch
    {
        FieldType.Image => MediaKind.Image,
        FieldType.Video => MediaKind.Video,
        FieldType.Audio => MediaKind.Audio,
        _ => MediaKind.Unknown,
    };

    /// <param name="Ids">The versions that came in before.</param>
    /// <param name="Last">By type and item: the number of the last version.</param>
    private sealed record KnownVersions(Dictionary<VersionKey, Guid> Ids, Dictionary<(string TypeId, string ItemId), int> Last);
}
