using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

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

    /// <summary>Leaves out what the permissions do not open, and what is not there for the caller for the time being.</summary>
    public static IQueryable<Case> VisibleTo(
        this IQueryable<Case> cases, ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> permissions, IUnseenCases unseen)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(unseen);
        IQueryable<Case> open = cases.VisibleWith(permissions);
        if (caller.Kind != CallerKind.Person)
        {
            return open;
        }

        IQueryable<long> hidden = unseen.Of(db, caller.Id);
        return open.Where(about => !hidden.Any(number => number == about.Number));
    }

    /// <summary>Whether a case of that number is there for the caller.</summary>
    public static Task<bool> IsThereAsync(
        this ConsoleDbContext db, Caller caller, long caseNumber, IReadOnlySet<Permission> permissions, IUnseenCases unseen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<Case>().VisibleTo(db, caller, permissions, unseen).AnyAsync(about => about.Number == caseNumber, cancellationToken);
    }
}
