using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>A notice beside its case.</summary>
public sealed record CaseNotice(
    long Number, string TypeName, NoticeKind Kind, string Basis, string Jurisdiction, string Sender, string? Reference, string? Scope, string? Explanation, bool ByLaw,
    DateTimeOffset ReceivedAt, DateTimeOffset DueAt, NoticeState State, DateTimeOffset? StoppedAt)
{
    /// <summary>Whether its clock stopped in time; null while it runs.</summary>
    public bool? Met => StoppedAt is { } at ? at <= DueAt : null;

    internal static IQueryable<CaseNotice> Of(ConsoleDbContext db, long caseNumber, bool waiting) =>
        from item in db.Set<NoticeItem>()
        join notice in db.Set<Notice>() on item.NoticeNumber equals notice.Number
        where item.CaseNumber == caseNumber && (!waiting || item.Outcome != NoticeOutcome.Decided)
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
            return await CaseNotice.Of(db, caseNumber, waiting: false).Take(Most).ToListAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>The notices for which a task that the caller has in hand waits. What judges a decision again is shown none: they may have come later.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadNoticesOnDesk(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    private const int Most = 10;

    /// <summary>Reads them; none where the caller does not hold the task.</summary>
    public async Task<IReadOnlyList<CaseNotice>> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadNoticesOnDesk>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = held.Contains(Permission.ChildSafety);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            long? about = await (
                from lease in db.Set<ActiveLease>()
                join of in db.Set<Case>() on lease.CaseNumber equals of.Number
                where lease.TaskNumber == taskNumber && lease.PersonId == caller.Id && lease.ExclusiveKey == lease.CaseNumber && of.Noticed
                    && (seesChildSafety || of.Sensitivity != Sensitivity.ChildSafety)
                select (long?)of.Number).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            List<CaseNotice> all = about is { } number ? await CaseNotice.Of(db, number, waiting: true).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false) : [];
            return all.Count == 0 ? all : await CaseNotice.SeenAsync(db.NoticesFor(caller, held, unseen), all, cancellationToken).ConfigureAwait(false);
        }
    }
}
