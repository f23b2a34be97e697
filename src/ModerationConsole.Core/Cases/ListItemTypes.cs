using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>An item type as people see it.</summary>
public sealed record ItemTypeView(
    string Id, string Name, ItemKind Kind, IReadOnlyList<ItemField> Fields, Sensitivity Sensitivity, int SchemaVersion, bool Archived, long Version)
{
    internal static ItemTypeView Of(ItemType row) =>
        new(row.Id, row.Name, row.Kind, ItemSchema.Parse(row.Fields), row.Sensitivity, row.SchemaVersion, row.Archived, row.Version);
}

/// <summary>Lists the item types by name.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListItemTypes(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>All item types, archived ones too.</summary>
    public async Task<IReadOnlyList<ItemTypeView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListItemTypes>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<ItemType> rows = await db.Set<ItemType>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(ItemTypeView.Of)];
        }
    }
}

/// <summary>Shows one item type.</summary>
[Requires(Permission.UseConsole)]
public sealed class GetItemType(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The item type; null when there is none of that id.</summary>
    public async Task<ItemTypeView?> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetItemType>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ItemType? row = await db.Set<ItemType>().AsNoTracking().SingleOrDefaultAsync(type => type.Id == id, cancellationToken).ConfigureAwait(false);
            return row is null ? null : ItemTypeView.Of(row);
        }
    }
}
