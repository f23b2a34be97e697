using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>The judged item, its media, and the items beside it.</summary>
internal sealed record DeskItems(DeskItem Judged, IReadOnlyList<DeskMedia> Media, IReadOnlyList<DeskItem> Thread, IReadOnlyList<DeskItem> Related)
{
    /// <summary>Longer threads are cut around the judged item: nobody reads more, and the page must stay light.</summary>
    private const int MostBeside = 60;

    /// <summary>Everything but the judged item.</summary>
    public IEnumerable<DeskItem> Beside => Thread.Concat(Related).Where(item => !item.Judged);

    public static async Task<DeskItems> ReadAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        var beside = await (
            from link in Links(reading)
            join item in reading.Db.Set<ItemVersion>() on link.ItemVersionId equals item.Id
            where link.CaseNumber == reading.Case.Number && item.Id != reading.Item.Id
                // An item that is itself judged under child safety needs that permission wherever it turns up, in any version.
                && (reading.SeesChildSafety || !(
                    from own in reading.Db.Set<Case>()
                    join version in reading.Db.Set<ItemVersion>() on own.ItemVersionId equals version.Id
                    where own.Sensitivity == Sensitivity.ChildSafety && version.ItemId == item.ItemId && version.TypeId == item.TypeId
                    select own.Number).Any())
            orderby link.Relation, link.Position
            select new { Link = link, Item = item }).Take(MostBeside).ToListAsync(cancellationToken).ConfigureAwait(false);

        ItemVersion[] all = [reading.Item, .. beside.Select(row => row.Item)];
        string[] typeIds = [.. all.Select(item => item.TypeId).Distinct()];
        Dictionary<string, ItemType> types = await reading.Db.Set<ItemType>().AsNoTracking().Where(type => typeIds.Contains(type.Id))
            .ToDictionaryAsync(type => type.Id, cancellationToken).ConfigureAwait(false);
        Guid[] versions = [.. all.Select(item => item.Id)];
        Dictionary<Guid, int> mediaCounts = await reading.Db.Set<ItemMedia>().Where(link => versions.Contains(link.ItemVersionId))
            .GroupBy(link => link.ItemVersionId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> names = await DeskAuthors.NamesAsync(reading, all, cancellationToken).ConfigureAwait(false);

        DeskItem Show(ItemVersion item, bool judged, bool reported) => new(
            item.Id, item.TypeId, types[item.TypeId].Name, types[item.TypeId].Kind, item.ItemId,
            item.CreatorId is null ? null : names.GetValueOrDefault(item.CreatorId, item.CreatorId), item.CreatorTypeId, item.CreatorId,
            item.ThreadId, item.ParentId, item.Language, item.CreatedAt, DeskFields.Of(types[item.TypeId], item),
            mediaCounts.GetValueOrDefault(item.Id), judged, reported) { Region = item.Region };

        DeskItem judgedItem = Show(reading.Item, judged: true, reported: true);
        DeskItem[] thread = [.. beside.Where(row => row.Link.Relation == ItemRelation.Thread).Select(row => Show(row.Item, judged: false, row.Link.Reported))];
        return new DeskItems(
            judgedItem,
            await MediaAsync(reading, cancellationToken).ConfigureAwait(false),
            thread.Length == 0 ? [] : InPlace(thread, judgedItem),
            [.. beside.Where(row => row.Link.Relation == ItemRelation.Additional).Select(row => Show(row.Item, judged: false, row.Link.Reported))]);
    }

    private static DeskItem[] InPlace(DeskItem[] thread, DeskItem judged)
    {
        // The platform sends the thread in order; the judged item stands before the first that is younger.
        int place = judged.CreatedAt is null ? -1 : Array.FindIndex(thread, other => other.CreatedAt > judged.CreatedAt);
        return place < 0 ? [.. thread, judged] : [.. thread[..place], judged, .. thread[place..]];
    }

    private static IQueryable<RelatedItem> Links(DeskReading reading)
    {
        IQueryable<RelatedItem> all = reading.Db.Set<RelatedItem>().AsNoTracking();
        IReadOnlyList<Guid>? seen = reading.Then?.Snapshot.Related;
        return seen is null ? all : all.Where(link => seen.Contains(link.ItemVersionId));
    }

    private static async Task<IReadOnlyList<DeskMedia>> MediaAsync(DeskReading reading, CancellationToken cancellationToken) => await (
        from link in reading.Db.Set<ItemMedia>().AsNoTracking()
        join media in reading.Db.Set<MediaObject>() on link.MediaId equals media.Id
        where link.ItemVersionId == reading.Item.Id && (reading.SeesChildSafety || !media.ChildSafety)
        orderby link.Position
        select new DeskMedia(media.Id, link.Position, link.Field, media.Kind, media.State, media.Category, media.Problem, media.DurationSeconds)
        {
            Stills = media.Kind == MediaKind.Video ? StoryboardStills.Of(media.DurationSeconds, media.Width, media.Height) : null,
        })
        .ToListAsync(cancellationToken).ConfigureAwait(false);
}
