using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases.Keeping;

/// <summary>Items, reports, comments, words and history of cases.</summary>
internal sealed class CaseOwnRecords : ICaseRecords
{
    public int Floor => 5;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        List<Guid> items = await db.Set<Case>().Where(row => cases.Contains(row.Number)).Select(row => row.ItemVersionId)
            .Concat(db.Set<RelatedItem>().Where(row => cases.Contains(row.CaseNumber)).Select(row => row.ItemVersionId))
            .Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        List<long> childSafety = await db.Set<Case>().Where(row => cases.Contains(row.Number) && row.Sensitivity == Sensitivity.ChildSafety)
            .Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);

        // Their entries in the audit stay hidden from whom they were hidden from.
        db.AddRange(childSafety.Select(number => new HiddenCase { Number = number }));
        await RemoveCommentsAsync(scope, cases, cancellationToken).ConfigureAwait(false);
        await db.Set<CaseText>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<CaseEvent>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<RelatedItem>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<Report>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<LegalHold>().Where(row => row.LiftedAt != null && cases.Contains(row.CaseNumber!.Value)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<Case>().Where(row => cases.Contains(row.Number)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await RemoveItemsAsync(db, items, cancellationToken).ConfigureAwait(false);
    }

    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        await RemoveCommentsAsync(scope, cases, cancellationToken).ConfigureAwait(false);
        await db.Set<CaseText>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<Report>().Where(row => cases.Contains(row.CaseNumber)).EraseAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<Case>().Where(row => cases.Contains(row.Number))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ContentErasedAt, scope.Now), cancellationToken).ConfigureAwait(false);

        // What another case shows as well stays until that one is erased.
        List<Guid> items = await (
            from item in db.Set<ItemVersion>()
            where db.Set<Case>().Any(row => cases.Contains(row.Number) && row.ItemVersionId == item.Id)
                || (db.Set<RelatedItem>().Any(row => cases.Contains(row.CaseNumber) && row.ItemVersionId == item.Id)
                    && !db.Set<Case>().Any(row => row.ItemVersionId == item.Id && row.ContentErasedAt == null)
                    && !db.Set<RelatedItem>().Any(row => row.ItemVersionId == item.Id && db.Set<Case>().Any(about => about.Number == row.CaseNumber && about.ContentErasedAt == null)))
            select item.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        await scope.EraseItemsAsync(items, cancellationToken).ConfigureAwait(false);
    }

    private static Task<int> RemoveCommentsAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.RemoveAppendOnlyAsync(scope.Db.Set<CaseComment>().Where(row => cases.Contains(row.CaseNumber)), cancellationToken);

    private static async Task RemoveItemsAsync(ConsoleDbContext db, List<Guid> items, CancellationToken cancellationToken)
    {
        List<Guid> alone = await db.Set<ItemVersion>()
            .Where(item => items.Contains(item.Id) && !db.Set<Case>().Any(row => row.ItemVersionId == item.Id) && !db.Set<RelatedItem>().Any(row => row.ItemVersionId == item.Id))
            .Select(item => item.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> media = await db.Set<ItemMedia>().Where(row => alone.Contains(row.ItemVersionId)).Select(row => row.MediaId).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<ItemMedia>().Where(row => alone.Contains(row.ItemVersionId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<ItemVersion>().Where(row => alone.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

        // Media whose files are gone is forgotten with the last item that named it; what still has files goes by its own class.
        await db.Set<MediaObject>()
            .Where(row => media.Contains(row.Id) && row.Sha256 == null && !db.Set<ItemMedia>().Any(link => link.MediaId == row.Id))
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The erasing of items and reports.</summary>
internal static class ItemErasing
{
    private const string Nobody = "erased";

    /// <summary>Takes the words and the reporter out of reports.</summary>
    public static Task<int> EraseAsync(this IQueryable<Report> reports, CancellationToken cancellationToken) => reports.ExecuteUpdateAsync(
        set => set.SetProperty(row => row.ReporterId, Nobody).SetProperty(row => row.Reason, (string?)null), cancellationToken);

    /// <summary>Takes data, text, ids and media out of items. The hash of what they were stays.</summary>
    public static async Task EraseItemsAsync(this WriteScope scope, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken)
    {
        foreach (Guid id in items)
        {
            string itemId = $"{Nobody}-{id:N}";
            await scope.Db.Set<ItemVersion>().Where(row => row.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ItemId, itemId).SetProperty(row => row.Data, "{}").SetProperty(row => row.Text, "")
                    .SetProperty(row => row.TextKey, (long?)null).SetProperty(row => row.TextHash, (long?)null)
                    .SetProperty(row => row.CreatorTypeId, (string?)null).SetProperty(row => row.CreatorId, (string?)null)
                    .SetProperty(row => row.ThreadId, (string?)null).SetProperty(row => row.ParentId, (string?)null),
                cancellationToken).ConfigureAwait(false);
        }

        List<Guid> media = await scope.Db.Set<ItemMedia>().Where(row => items.Contains(row.ItemVersionId))
            .Where(row => !scope.Db.Set<ItemMedia>().Any(other => other.MediaId == row.MediaId && !items.Contains(other.ItemVersionId)))
            .Select(row => row.MediaId).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        await scope.RemoveMediaAsync(media, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A removed case that only people with the child-safety permission may know of: its number, nothing else.</summary>
public sealed class HiddenCase
{
    /// <summary>The number it had.</summary>
    public long Number { get; init; }
}
