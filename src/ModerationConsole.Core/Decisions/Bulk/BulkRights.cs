using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What a batch asks for beyond acting in bulk: what each single act would ask for.</summary>
internal static class BulkRights
{
    /// <exception cref="PermissionDeniedException">It is missing.</exception>
    public static void Demand(BulkAct act, IReadOnlySet<Permission> held)
    {
        if (Missing(act, held) is { } permission)
        {
            throw new PermissionDeniedException(permission);
        }
    }

    /// <summary>The permission that is missing; null when none is.</summary>
    public static Permission? Missing(BulkAct act, IReadOnlySet<Permission> held) =>
        new[] { Permission.ActInBulk, Permission.ViewCases, act == BulkAct.Move ? Permission.ReassignTasks : Permission.ReviewCases }
            .Where(permission => !held.Contains(permission)).Select(permission => (Permission?)permission).FirstOrDefault();
}
