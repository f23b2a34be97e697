using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Notices;

internal static class NoticeSight
{
    /// <summary>Notices all of whose cases the caller may know of, and judges none of blind at the moment.</summary>
    public static IQueryable<Notice> NoticesFor(this ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> held, IUnseenCases unseen) =>
        db.AllOf(db.Set<Case>().VisibleTo(db, caller, held, unseen));

    /// <summary>Notices all of whose cases these permissions open.</summary>
    public static IQueryable<Notice> NoticesWith(this ConsoleDbContext db, IReadOnlySet<Permission> held) => db.AllOf(db.Set<Case>().VisibleWith(held));

    private static IQueryable<Notice> AllOf(this ConsoleDbContext db, IQueryable<Case> cases) =>
        db.Set<Notice>().Where(row => !db.Set<NoticeItem>().Any(item => item.NoticeNumber == row.Number && !cases.Any(about => about.Number == item.CaseNumber)));
}
