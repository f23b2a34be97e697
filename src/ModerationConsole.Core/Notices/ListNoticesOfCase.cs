using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>A notice beside its case.</summary>
public sealed record CaseNotice(
    long Number, string TypeName, NoticeKind Kind, string Basis, string Jurisdiction, string Sender, string? Reference, string? Scope, string? Explanation, bool ByLaw,
    DateTimeOffset ReceivedAt, DateTimeOffset DueAt, NoticeState State, DateTimeOffset? StoppedAt)
{
    /// <summary>Whether its clock stopped in time; null while it runs.</summary>
    public bool? Met => StoppedAt is { } at ? at <= DueAt : null;

    internal static IQueryable<CaseNotice> Of(ConsoleDbContext db, IQueryable<NoticeItem> items) =>
        from item in items
        join notice in db.Set<Notice>() on item.NoticeNumber equals notice.Number
        orderby notice.DueAt, notice.Number
        select new CaseNotice(
            notice.Number, notice.TypeName, notice.Kind, notice.Basis, notice.Jurisdiction, notice.Sender, notice.Reference, notice.Scope, notice.Explanation, notice.ByLaw,
            notice.ReceivedAt, notice.DueAt, notice.State, notice.StoppedAt);

    // A notice names all that it is about: who may not know of one of its cases is not shown it beside another.
    internal static async Task<IReadOnlyList<CaseNotice>> SeenAsync(IQueryable<Notice> known, IReadOnlyList<CaseNotice> all, CancellationToken cancellationToken)
    {
        long[] numbers = [.. all.Select(one => one.Number)];
        HashSet<long> seen = [.. await known.Where(row => numbers.Contains(row.Number)).Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false)];
        return [.. all.Where(one => seen.Contains(one.Number))];
    }
}

/// <summary>The notices about a case, the one that is due first at the top.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListNoticesOfCase(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SharedSight sight, IUnseenCases unseen, SharedReads<long, IReadOnlyList<CaseNotice>> reads) : IUseCase
{
    private const int Most = 50;

    /// <summary>Lists them; none where the caller may not know of the case.</summary>
    public async Task<IReadOnlyList<CaseNotice>> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListNoticesOfCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<CaseNotice> all = await sight.IsThereAsync(caller, caseNumber, held, cancellationToken).ConfigureAwait(false)
            ? await reads.GetAsync(caseNumber, () => ReadAsync(caseNumber), cancellationToken).ConfigureAwait(false)
            : [];
        if (all.Count == 0)
        {
            return all;
        }

        // What is read for all is held against what each may know of; nearly no case has one.
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await CaseNotice.SeenAsync(db.NoticesFor(caller, held, unseen), all, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<CaseNotice>> ReadAsync(long caseNumber)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await CaseNotice.Of(db, db.Set<NoticeItem>().Where(item => item.CaseNumber == caseNumber)).Take(Most).ToListAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>The notices for which a task that the caller has in hand waits. What judges a decision again is shown those for which that one was made.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadNoticesOnDesk(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    private const int Most = 10;

    /// <summary>Reads them; none where the caller does not hold the task.</summary>
    public async Task<IReadOnlyList<CaseNotice>> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadNoticesOnDesk>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ReviewTask? task = await (
                from lease in db.Set<ActiveLease>()
                join of in db.Set<Case>().VisibleWith(held) on lease.CaseNumber equals of.Number
                join about in db.Set<ReviewTask>() on lease.TaskNumber equals about.Number
                where lease.TaskNumber == taskNumber && lease.PersonId == caller.Id && of.Noticed
                select about).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (task is null)
            {
                return [];
            }

            IQueryable<NoticeItem> items = db.Set<NoticeItem>().Where(item => item.CaseNumber == task.CaseNumber);
            if (task.ChangesCase)
            {
                List<CaseNotice> all = await CaseNotice.Of(db, items.Where(item => item.Outcome != NoticeOutcome.Decided)).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
                return all.Count == 0 ? all : await CaseNotice.SeenAsync(db.NoticesFor(caller, held, unseen), all, cancellationToken).ConfigureAwait(false);
            }

            return await DeskThen.ReadAsync(db, task, cancellationToken).ConfigureAwait(false) is { } then
                ? await ThenAsync(db, items, then.At, held, cancellationToken).ConfigureAwait(false)
                : [];
        }
    }

    // As its author saw them: what had come in and was not decided by an earlier one. What became of them is not told.
    private static async Task<IReadOnlyList<CaseNotice>> ThenAsync(
        ConsoleDbContext db, IQueryable<NoticeItem> items, DateTimeOffset at, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        IQueryable<NoticeItem> seen = items.Where(item => db.Set<Notice>().Any(notice => notice.Number == item.NoticeNumber && notice.EnteredAt <= at)
            && !db.Set<Decision>().Any(earlier => earlier.Id == item.DecisionId && earlier.DecidedAt < at));
        List<CaseNotice> all = await CaseNotice.Of(db, seen).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. (await CaseNotice.SeenAsync(db.NoticesWith(held), all, cancellationToken).ConfigureAwait(false))
            .Select(one => one with { State = NoticeState.Running, StoppedAt = null })];
    }
}
