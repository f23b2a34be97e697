using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Cases;

/// <summary>How far two items are alike; the closest first.</summary>
public enum Alikeness
{
    /// <summary>All their data is the same.</summary>
    Same,

    /// <summary>Their text is the same but for case, spacing, links, names of accounts and numbers.</summary>
    SameText,

    /// <summary>They hold the same picture, video or recording, byte for byte.</summary>
    SameMedia,

    /// <summary>Their text or pictures are nearly the same.</summary>
    Near,
}

/// <summary>An item version that is like another.</summary>
public sealed record AlikeItem(Guid VersionId, Alikeness How);

/// <summary>Finds items that are like one. Each way of comparing is one implementation; child-safety media is never compared.</summary>
public interface IAlikeItems
{
    /// <summary>At most <paramref name="most"/> item versions that are like <paramref name="item"/>, the newest first, itself left out.</summary>
    Task<IReadOnlyList<AlikeItem>> FindAsync(ConsoleDbContext db, ItemVersion item, int most, CancellationToken cancellationToken);
}

/// <summary>Finds items by the hash of their data, of their text and of their media.</summary>
internal sealed class ExactCopies : IAlikeItems
{
    public async Task<IReadOnlyList<AlikeItem>> FindAsync(ConsoleDbContext db, ItemVersion item, int most, CancellationToken cancellationToken)
    {
        List<Guid> same = await db.Set<ItemVersion>().Where(other => other.ContentHash == item.ContentHash && other.Id != item.Id)
            .OrderByDescending(other => other.ReceivedAt).Take(most).Select(other => other.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> text = item.TextKey is not { } key ? [] : await db.Set<ItemVersion>().Where(other => other.TextKey == key && other.Id != item.Id)
            .OrderByDescending(other => other.ReceivedAt).Take(most).Select(other => other.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> media = await (
            from link in db.Set<ItemMedia>()
            join shown in db.Set<MediaObject>() on link.MediaId equals shown.Id
            join copy in db.Set<MediaObject>() on shown.Sha256 equals copy.Sha256
            join use in db.Set<ItemMedia>() on copy.Id equals use.MediaId
            join other in db.Set<ItemVersion>() on use.ItemVersionId equals other.Id
            where link.ItemVersionId == item.Id && shown.Sha256 != null && !shown.ChildSafety && !copy.ChildSafety && other.Id != item.Id
            orderby other.ReceivedAt descending
            select other.Id).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. same.Select(id => new AlikeItem(id, Alikeness.Same)),
            .. text.Except(same).Select(id => new AlikeItem(id, Alikeness.SameText)),
            .. media.Distinct().Except(same).Except(text).Select(id => new AlikeItem(id, Alikeness.SameMedia)),
        ];
    }
}
