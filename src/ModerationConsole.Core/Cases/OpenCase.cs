using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>Opens a case to read it. That it was looked at is in the audit before anything of it is shown.</summary>
[Requires(Permission.ViewCases)]
public sealed class OpenCase(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, ICaseWhereabouts whereabouts) : IUseCase
{
    private const int MostReports = 200;
    private const int MostEvents = 500;
    private const int MostBeside = 60;
    private const int ExcerptLength = 400;

    /// <summary>A page that is read again because something changed is still the same look at the case.</summary>
    private static readonly TimeSpan s_oneLook = TimeSpan.FromMinutes(10);

    /// <summary>The case, or null when there is none of that number that the caller may know of.</summary>
    public async Task<CaseView?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<OpenCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        bool opened = await writes.RunAsync((scope, cancel) => LookAsync(scope, caller, number, permissions, cancel), cancellationToken).ConfigureAwait(false);
        if (!opened)
        {
            return null;
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await ReadAsync(db, number, permissions, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> LookAsync(
        WriteScope scope, Caller caller, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<Case>().VisibleWith(permissions).AnyAsync(about => about.Number == number, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        DateTimeOffset since = scope.Now - s_oneLook;
        Guid? actor = caller.Kind == CallerKind.System ? null : caller.Id;
        if (!await scope.Db.Set<AuditEntry>()
            .AnyAsync(entry => entry.CaseNumber == number && entry.Act == AuditAct.CaseViewed && entry.ActorId == actor && entry.At >= since, cancellationToken)
            .ConfigureAwait(false))
        {
            scope.Record(caller, AuditAct.CaseViewed, number);
        }

        return true;
    }

    private async Task<CaseView?> ReadAsync(ConsoleDbContext db, long number, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        var found = await (
            from about in db.Set<Case>().AsNoTracking().VisibleWith(permissions)
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join type in db.Set<ItemType>() on item.TypeId equals type.Id
            where about.Number == number
            select new { About = about, Item = item, Type = type }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        IReadOnlyDictionary<long, CaseWhereabouts> where = await whereabouts.OfAsync(db, [number], cancellationToken).ConfigureAwait(false);
        return new CaseView
        {
            Number = number,
            State = found.About.State,
            Source = found.About.Source,
            Sensitivity = found.About.Sensitivity,
            Severity = found.About.Severity,
            CaseVersion = found.About.CaseVersion,
            OpenedAt = found.About.OpenedAt,
            Where = where.GetValueOrDefault(number),
            Item = new ShownItem(
                found.Type.Id, found.Type.Name, found.Item.ItemId, found.Item.CreatorId,
                await NameAsync(db, found.Item.CreatorId, cancellationToken).ConfigureAwait(false) ?? found.Item.CreatorId,
                found.Item.ThreadId, found.Item.ParentId, found.Item.Language, found.Item.CreatedAt, found.Item.ReceivedAt,
                ItemFields.Of(found.Type.Fields, found.Item.Data)),
            Media = await MediaAsync(db, found.Item.Id, cancellationToken).ConfigureAwait(false),
            Reports = await ReportsAsync(db, number, cancellationToken).ConfigureAwait(false),
            Beside = await BesideAsync(db, number, cancellationToken).ConfigureAwait(false),
            OtherVersions = await VersionsAsync(db, found.Item, permissions, cancellationToken).ConfigureAwait(false),
            History = await HistoryAsync(db, number, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<string?> NameAsync(ConsoleDbContext db, string? accountId, CancellationToken cancellationToken)
    {
        var account = await (
            from item in db.Set<ItemVersion>().AsNoTracking()
            join type in db.Set<ItemType>() on item.TypeId equals type.Id
            where item.ItemId == accountId && type.Kind == ItemKind.User
            orderby item.ReceivedAt descending
            select new { type.Fields, item.Data }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return account is null ? null : ItemFields.Of(account.Fields, account.Data).FirstOrDefault(field => field.Role == FieldRole.DisplayName)?.Values[0];
    }

    private static Task<List<ShownMedia>> MediaAsync(ConsoleDbContext db, Guid versionId, CancellationToken cancellationToken) => (
        from link in db.Set<ItemMedia>().AsNoTracking()
        join media in db.Set<MediaObject>() on link.MediaId equals media.Id
        where link.ItemVersionId == versionId
        orderby link.Position
        select new ShownMedia(media.Id, link.Position, link.Field, media.Kind, media.State, media.Category, media.Problem, media.DurationSeconds))
        .ToListAsync(cancellationToken);

    private static Task<List<ShownReport>> ReportsAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken) => (
        from report in db.Set<Report>().AsNoTracking()
        where report.CaseNumber == number
        join policy in db.Set<Policy>() on report.PolicyId equals policy.Id into policies
        from policy in policies.DefaultIfEmpty()
        orderby report.ReportedAt descending, report.Id descending
        select new ShownReport(report.Id, policy == null ? report.PolicyId : policy.Name, report.Reason, report.ChildSafety, report.ReporterId, report.ReportedAt))
        .Take(MostReports).ToListAsync(cancellationToken);

    private static Task<List<ShownBeside>> BesideAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken) => (
        from link in db.Set<RelatedItem>().AsNoTracking()
        join item in db.Set<ItemVersion>() on link.ItemVersionId equals item.Id
        join type in db.Set<ItemType>() on item.TypeId equals type.Id
        where link.CaseNumber == number
        orderby link.Relation, link.Position
        select new ShownBeside(type.Name, item.ItemId, item.CreatorId, link.Relation, link.Reported, item.Text.Substring(0, ExcerptLength)))
        .Take(MostBeside).ToListAsync(cancellationToken);

    private static Task<List<OtherVersion>> VersionsAsync(
        ConsoleDbContext db, ItemVersion shown, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken) => (
        from about in db.Set<Case>().AsNoTracking().VisibleWith(permissions)
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        where item.ItemId == shown.ItemId && item.TypeId == shown.TypeId && item.Id != shown.Id
        orderby item.ReceivedAt descending
        select new OtherVersion(about.Number, about.State, item.ReceivedAt)).Take(50).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<ShownEvent>> HistoryAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken)
    {
        List<ShownEvent> events = await (
            from line in db.Set<CaseEvent>().AsNoTracking()
            where line.CaseNumber == number
            join person in db.Set<Moderator>() on line.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby line.Sequence descending
            select new ShownEvent(line.At, line.Kind, line.CaseVersion, person == null ? null : person.DisplayName, line.Text))
            .Take(MostEvents).ToListAsync(cancellationToken).ConfigureAwait(false);
        events.Reverse();
        return events;
    }
}
