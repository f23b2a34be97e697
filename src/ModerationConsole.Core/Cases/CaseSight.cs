using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Cases;

/// <summary>Which cases someone may know of. Every query that lists, counts or opens cases for people starts here.</summary>
public static class CaseSight
{
    /// <summary>Leaves out what the permissions do not open: child-safety cases without their own permission.</summary>
    public static IQueryable<Case> VisibleWith(this IQueryable<Case> cases, IReadOnlySet<Permission> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return permissions.Contains(Permission.ChildSafety) ? cases : cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety);
    }
}
