using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Remembers the item types, so that a flood of items costs one reading of them a second. A change on this node counts at once; one
/// on another node after a second: until then items are still promised by what the types were, as if they had come that much sooner.
/// </summary>
public sealed class ItemCatalogs(IDbContextFactory<ConsoleDbContext> contexts, ItemTypeChanges changes, IOptions<RegionOptions> regions, TimeProvider clock)
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    /// <summary>The types as they are, or were up to a second ago on another node. Ask <see cref="ReadAsync"/> before anything is refused by them.</summary>
    public ValueTask<ItemCatalog> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && known.Changes == changes.Count && clock.GetElapsedTime(known.At) < s_memory
            ? ValueTask.FromResult(known.Catalog)
            : new ValueTask<ItemCatalog>(ReadAsync(cancellationToken));

    /// <summary>The types as they are now.</summary>
    public async Task<ItemCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        (long at, long count) = (clock.GetTimestamp(), changes.Count);
        ItemCatalog catalog = await contexts.ReadItemCatalogAsync(cancellationToken, regions.Value).ConfigureAwait(false);
        _known = new Known(catalog, at, count);
        return catalog;
    }

    private sealed record Known(ItemCatalog Catalog, long At, long Changes);
}
