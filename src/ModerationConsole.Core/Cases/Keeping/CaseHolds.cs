using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases.Keeping;

/// <summary>Which cases a room above still works with, such as those that someone appeals about: they are kept until it is over.</summary>
public interface ICaseNeeds
{
    /// <summary>Their numbers, as a question to the database.</summary>
    IQueryable<long> Of(ConsoleDbContext db);
}

/// <summary>Which cases must be kept whatever their age.</summary>
public sealed class CaseHolds(IEnumerable<ICaseNeeds> rooms)
{
    private readonly ICaseNeeds[] _rooms = [.. rooms];

    /// <summary>For how long a child-safety case is kept at least, from its end.</summary>
    public const int ChildSafetyYears = 1;

    /// <summary>
    /// Cases that are held: by themselves, by an account that made their item, is it, or reported it, by media that is under its
    /// hold, by a room that still works with them, and child-safety cases for a year.
    /// </summary>
    public IQueryable<Case> Held(ConsoleDbContext db, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        IQueryable<LegalHold> holds = db.Set<LegalHold>().Where(hold => hold.LiftedAt == null);
        // What was erased has no creator: a hold that names no account must not take that for its own.
        IQueryable<LegalHold> accounts = holds.Where(hold => hold.ActorId != null);
        DateTimeOffset year = now.AddYears(-ChildSafetyYears);
        IQueryable<long> needed = _rooms.Select(room => room.Of(db)).Aggregate(db.Set<Case>().Where(about => false).Select(about => about.Number), (all, more) => all.Concat(more));
        return db.Set<Case>().Where(about =>
            (about.Sensitivity == Sensitivity.ChildSafety && (about.EndedAt == null || about.EndedAt > year))
            || holds.Any(hold => hold.CaseNumber == about.Number)
            || needed.Any(number => number == about.Number)
            || db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && accounts.Any(hold =>
                (hold.ActorTypeId == item.CreatorTypeId && hold.ActorId == item.CreatorId) || (hold.ActorTypeId == item.TypeId && hold.ActorId == item.ItemId)))
            || db.Set<Report>().Any(report => report.CaseNumber == about.Number
                && accounts.Any(hold => hold.ActorTypeId == report.ReporterTypeId && hold.ActorId == report.ReporterId))
            || db.Set<ItemMedia>().Any(link => link.ItemVersionId == about.ItemVersionId
                && db.Set<MediaObject>().Any(file => file.Id == link.MediaId && file.HoldUntil > now)));
    }

    /// <summary>Cases that are closed and not held.</summary>
    public IQueryable<Case> Free(ConsoleDbContext db, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        IQueryable<Case> held = Held(db, now);
        return db.Set<Case>().Where(about => about.State == CaseState.Closed && !held.Any(other => other.Number == about.Number));
    }
}
