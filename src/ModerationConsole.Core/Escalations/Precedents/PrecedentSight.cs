using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Which precedents someone may know of, and which of them are offered. Every use case about them starts here.</summary>
internal static class PrecedentSight
{
    /// <summary>
    /// All but those whose case is not there for the caller for the time being: a precedent would tell what was ruled on it. None
    /// of child safety, not even to who may work such cases: the mark on the case or on its media alone is enough, should the
    /// precedent miss its own.
    /// </summary>
    public static IQueryable<Precedent> PrecedentsInSightOf(
        this ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> permissions, IUnseenCases unseen)
    {
        IQueryable<Case> cases = db.Set<Case>().VisibleTo(db, caller, permissions, unseen).FreeOfChildSafety(db);
        return db.Set<Precedent>().Where(row => !row.ChildSafety && (row.CaseNumber == null || cases.Any(about => about.Number == row.CaseNumber)));
    }

    /// <summary>Those that neither are of child safety nor hold media that was marked so under whatever item.</summary>
    public static IQueryable<Case> FreeOfChildSafety(this IQueryable<Case> cases, ConsoleDbContext db) => cases.Where(about =>
        about.Sensitivity != Sensitivity.ChildSafety
        && !db.Set<ItemMedia>().Any(link => link.ItemVersionId == about.ItemVersionId && db.Set<MediaObject>().Any(media => media.Id == link.MediaId && media.ChildSafety)));

    /// <summary>Those whose ruling was neither taken back nor replaced.</summary>
    public static IQueryable<Precedent> Standing(this IQueryable<Precedent> rows, ConsoleDbContext db) =>
        rows.Where(row => !db.Set<Decision>().Any(decision => decision.Id == row.DecisionId && decision.State != DecisionState.Effective));

    /// <summary>Those that are offered now: they hold for the words of a policy that is in use.</summary>
    /// <param name="superseded">Whether those that were written for earlier words are wanted too.</param>
    public static IQueryable<Precedent> Offered(this IQueryable<Precedent> rows, ConsoleDbContext db, bool superseded) => rows.Standing(db).Where(row =>
        (row.State == PrecedentState.InForce || (superseded && row.State == PrecedentState.Superseded))
        // One whose publishing met a change of its policy missed being superseded.
        && db.Set<Policy>().Any(policy => policy.Id == row.PolicyId && !policy.Archived && (superseded || policy.CurrentVersion == row.PolicyVersion)));

    /// <summary>Those that were offered at a time, whatever became of them and of their policy since.</summary>
    /// <param name="then">The time, UTC; what came as late had not come.</param>
    public static IQueryable<Precedent> OfferedAt(this IQueryable<Precedent> rows, ConsoleDbContext db, DateTimeOffset then) => rows.Where(row =>
        row.PublishedAt < then && (row.EndedAt == null || row.EndedAt >= then)
        // One that was confirmed or written anew since was in force before as long as its policy had the words that it was for.
        && (row.InForceSince < then || db.Set<PrecedentVersion>().Any(words => words.PrecedentNumber == row.Number && words.WrittenAt < then
            && !db.Set<PolicyVersion>().Any(version => version.PolicyId == row.PolicyId && version.Number > words.PolicyVersion && version.EffectiveFrom < then)))
        && !db.Set<Decision>().Any(other => other.CaseNumber == row.CaseNumber && other.ReversesId == row.DecisionId && other.DecidedAt < then)
        && !db.Set<Decision>().Any(ruling => ruling.Id == row.DecisionId && ruling.State == DecisionState.Undone && ruling.UndoUntil < then));
}
