using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>An item type as it was when items were checked against it.</summary>
public sealed record KnownType(string Id, ItemKind Kind, Sensitivity Sensitivity, int SchemaVersion, bool Archived, IReadOnlyList<ItemField> Fields);

/// <summary>The item types as they were at one moment.</summary>
/// <param name="regions">The regions that items may carry; null for none.</param>
public sealed class ItemCatalog(IEnumerable<KnownType> types, RegionOptions? regions = null)
{
    private readonly Dictionary<string, KnownType> _types = types.ToDictionary(type => type.Id, StringComparer.Ordinal);

    /// <summary>The regions that items may carry.</summary>
    public RegionOptions Regions { get; } = regions ?? new RegionOptions();

    /// <summary>Reads every item type.</summary>
    public static async Task<ItemCatalog> LoadAsync(ConsoleDbContext db, CancellationToken cancellationToken, RegionOptions? regions = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        List<ItemType> rows = await db.Set<ItemType>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return new ItemCatalog(
            rows.Select(row => new KnownType(row.Id, row.Kind, row.Sensitivity, row.SchemaVersion, row.Archived, ItemSchema.Parse(row.Fields))), regions);
    }

    /// <summary>The type of that id, archived or not; null when there is none.</summary>
    public KnownType? Find(string id) => _types.GetValueOrDefault(id);

    /// <summary>Whether the named types are still what they were. Asked inside the write, because items were checked outside it.</summary>
    public async Task<bool> StillHoldsAsync(ConsoleDbContext db, IEnumerable<string> typeIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        string[] wanted = [.. typeIds.Distinct(StringComparer.Ordinal)];
        var now = await db.Set<ItemType>().Where(row => wanted.Contains(row.Id))
            .Select(row => new { row.Id, row.SchemaVersion, row.Kind, row.Sensitivity, row.Archived })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return now.Count == wanted.Length && now.All(row => Find(row.Id) is { } then
            && then.SchemaVersion == row.SchemaVersion && then.Kind == row.Kind && then.Sensitivity == row.Sensitivity && then.Archived == row.Archived);
    }
}

/// <summary>Reads the item types outside a write.</summary>
internal static class ItemCatalogReading
{
    public static async Task<ItemCatalog> ReadItemCatalogAsync(
        this IDbContextFactory<ConsoleDbContext> contexts, CancellationToken cancellationToken, RegionOptions? regions = null)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await ItemCatalog.LoadAsync(db, cancellationToken, regions).ConfigureAwait(false);
        }
    }
}
