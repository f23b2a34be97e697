using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Core.Decisions;

/// <summary>Opens a case to read it. That it was looked at is in the audit before anything of it is shown.</summary>
[Requires(Permission.ViewCases)]
public sealed class OpenCase(
    IDbContextFactory<ConsoleDbContext> contexts,
    WritePath writes,
    IAccessGuard guard,
    ICaseWhereabouts whereabouts,
    IUnseenCases unseen,
    SharedSight sight,
    SharedReads<(long Number, bool ChildSafety), CaseFile?> files,
    SharedReads<long, OpenCase.Lookers> looks,
    TimeProvider clock) : IUseCase
{
    private const int MostVersions = 50;

    /// <summary>A page that is read again because something changed is still the same look at the case.</summary>
    private static readonly TimeSpan s_oneLook = TimeSpan.FromMinutes(10);

    /// <summary>The case, or null when there is none of that number that the caller may know of.</summary>
    public async Task<CaseFile?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<OpenCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        bool opened = await HasLookedAsync(caller, number, permissions, cancellationToken).ConfigureAwait(false)
            || await writes.RunAsync((scope, cancel) => LookAsync(scope, caller, number, permissions, cancel), cancellationToken).ConfigureAwait(false);
        // What is read depends on the case and on this one permission alone.
        return opened
            ? await files.GetAsync((number, permissions.Contains(Permission.ChildSafety)), () => ReadAsync(number, permissions), cancellationToken).ConfigureAwait(false)
            : null;
    }

    // Asked outside the one way to write: a page that many look at is read again by all of them at each change.
    private async Task<bool> HasLookedAsync(Caller caller, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        Lookers lookers = await looks.GetAsync(number, () => LookersAsync(number), cancellationToken).ConfigureAwait(false);
        // It may have been there at the first look and not be there now.
        return lookers.People.Contains(Actor(caller)) && await sight.IsThereAsync(caller, number, permissions, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Lookers> LookersAsync(long number)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<Guid?> people = await Looks(db, number, clock.Now()).Select(entry => entry.ActorId).Distinct().ToListAsync().ConfigureAwait(false);
            return new Lookers(people.Select(person => person ?? Guid.Empty).ToHashSet());
        }
    }

    private static IQueryable<AuditEntry> Looks(ConsoleDbContext db, long number, DateTimeOffset now)
    {
        DateTimeOffset since = now - s_oneLook;
        return db.Set<AuditEntry>().Where(entry => entry.CaseNumber == number && entry.Act == AuditAct.CaseViewed && entry.At >= since);
    }

    private static Guid Actor(Caller caller) => caller.Kind == CallerKind.System ? Guid.Empty : caller.Id;

    private async Task<bool> LookAsync(
        WriteScope scope, Caller caller, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        if (!await scope.Db.IsThereAsync(caller, number, permissions, unseen, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Guid? actor = caller.Kind == CallerKind.System ? null : caller.Id;
        if (!await Looks(scope.Db, number, scope.Now).AnyAsync(entry => entry.ActorId == actor, cancellationToken).ConfigureAwait(false))
        {
            scope.Record(caller, AuditAct.CaseViewed, number);
        }

        return true;
    }

    private async Task<CaseFile?> ReadAsync(long number, IReadOnlySet<Permission> permissions)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await ReadAsync(db, number, permissions, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<CaseFile?> ReadAsync(ConsoleDbContext db, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        var found = await (
            from about in db.Set<Case>().AsNoTracking().VisibleWith(permissions)
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where about.Number == number
            select new { About = about, Item = item }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        DeskReading reading = new(db, found.About, found.Item, permissions.Contains(Permission.ChildSafety), clock.Now());
        DeskItems items = await DeskItems.ReadAsync(reading, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<long, CaseWhereabouts> where = await whereabouts.OfAsync(db, [number], cancellationToken).ConfigureAwait(false);
        return new CaseFile
        {
            Number = number,
            State = found.About.State,
            Source = found.About.Source,
            Noticed = found.About.Noticed,
            Sensitivity = found.About.Sensitivity,
            Severity = found.About.Severity,
            CaseVersion = found.About.CaseVersion,
            OpenedAt = found.About.OpenedAt,
            Where = where.GetValueOrDefault(number),
            Item = items.Judged,
            Media = items.Media,
            Author = await DeskAuthors.ReadAsync(reading, cancellationToken).ConfigureAwait(false),
            Reports = await DeskPast.ReportsAsync(reading, cancellationToken).ConfigureAwait(false),
            Thread = items.Thread,
            Related = items.Related,
            History = await DeskPast.EventsAsync(reading, cancellationToken).ConfigureAwait(false),
            OtherVersions = await VersionsAsync(db, found.Item, permissions, cancellationToken).ConfigureAwait(false),
        };
    }

    private static Task<List<OtherVersion>> VersionsAsync(
        ConsoleDbContext db, ItemVersion shown, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken) => (
        from about in db.Set<Case>().AsNoTracking().VisibleWith(permissions)
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        where item.ItemId == shown.ItemId && item.TypeId == shown.TypeId && item.Id != shown.Id
        orderby item.ReceivedAt descending
        select new OtherVersion(about.Number, about.State, item.ReceivedAt)).Take(MostVersions).ToListAsync(cancellationToken);

    /// <summary>Who looked at a case of late; <see cref="Guid.Empty"/> is the console itself.</summary>
    public sealed record Lookers(IReadOnlySet<Guid> People);
}
