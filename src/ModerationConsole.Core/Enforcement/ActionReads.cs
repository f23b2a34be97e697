using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What is asked for orders of many decisions at once.</summary>
internal static class ActionReads
{
    /// <summary>By id: an action as it is configured.</summary>
    public static Reading<string, ActionDefinition> Actions { get; } = new(async (db, ids, cancellationToken) => await db.Set<ActionDefinition>().AsNoTracking()
        .Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false));

    /// <summary>By id: the name of an item type.</summary>
    public static Reading<string, string> TypeNames { get; } = new(async (db, ids, cancellationToken) => await db.Set<ItemType>()
        .Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Name })
        .ToDictionaryAsync(row => row.Id, row => row.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false));
}
