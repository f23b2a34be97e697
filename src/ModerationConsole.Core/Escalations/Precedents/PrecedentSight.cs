using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Which precedents someone may know of. Every use case about them starts here.</summary>
internal static class PrecedentSight
{
    /// <summary>
    /// All but those whose case is not there for the caller for the time being: a precedent would tell what was ruled on it. None
    /// of child safety, not even to who may work such cases: the mark on the case alone is enough, should the precedent miss its own.
    /// </summary>
    public static IQueryable<Precedent> PrecedentsInSightOf(
        this ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> permissions, IUnseenCases unseen)
    {
        IQueryable<Case> cases = db.Set<Case>().VisibleTo(db, caller, permissions, unseen).Where(about => about.Sensitivity != Sensitivity.ChildSafety);
        return db.Set<Precedent>().Where(row => !row.ChildSafety && (row.CaseNumber == null || cases.Any(about => about.Number == row.CaseNumber)));
    }
}
