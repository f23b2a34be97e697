using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Notices;

/// <summary>Notices about cases: they go with the last of their cases, and what their senders wrote goes with its content.</summary>
internal sealed class NoticeRecords : ICaseRecords, ICaseNeeds
{
    public int Floor => 8;

    // Until its sender is told.
    public IQueryable<long> Of(ConsoleDbContext db) =>
        from item in db.Set<NoticeItem>()
        join notice in db.Set<Notice>() on item.NoticeNumber equals notice.Number
        where notice.State != NoticeState.Answered
        select item.CaseNumber;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        List<long> notices = await scope.Db.Set<NoticeItem>().Where(row => cases.Contains(row.CaseNumber)).Select(row => row.NoticeNumber).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<NoticeItem>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await RemoveAsync(scope, scope.Db.Set<Notice>().Where(row => notices.Contains(row.Number) && !scope.Db.Set<NoticeItem>().Any(item => item.NoticeNumber == row.Number)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        List<NoticeItem> items = await scope.Db.Set<NoticeItem>().Where(row => cases.Contains(row.CaseNumber)).ToListAsync(cancellationToken).ConfigureAwait(false);
        items.ForEach(item => item.Erase());
        long[] numbers = [.. items.Select(item => item.NoticeNumber).Distinct()];
        // What a clock still waits for must be known.
        List<Notice> notices = await scope.Db.Set<Notice>().Where(row => numbers.Contains(row.Number) && row.State != NoticeState.Running)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        notices.ForEach(notice => notice.Erase());
    }

    internal static async Task<int> RemoveAsync(WriteScope scope, IQueryable<Notice> gone, CancellationToken cancellationToken)
    {
        await scope.Db.Set<ClockAlert>().Where(row => gone.Any(notice => notice.Number == row.NoticeNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<NoticeAnswer>().Where(row => gone.Any(notice => notice.Number == row.NoticeNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return await gone.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Notices that were answered long ago, with their clocks and answers. Their cases stay for their own time.</summary>
internal sealed class NoticeClass(CaseHolds holds) : IRecordClass
{
    public string Name => RecordClasses.Notices;

    // Figures on notices are reported for five years.
    public int DefaultDays => (5 * 365) + 1;

    // A complaint about what became of one may come for six months.
    public int LeastDays => 184;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.WalkAsync(
        (db, after) => db.Set<Notice>().AsNoTracking().Where(row => row.Number > after && row.State == NoticeState.Answered && row.StoppedAt < before)
            .OrderBy(row => row.Number).Select(row => row.Number).Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken),
        async (scope, numbers, cancel) =>
        {
            // What belongs to a case that is held, or open again, stays with it.
            IQueryable<Case> free = holds.Free(scope.Db, scope.Now);
            List<long> gone = await scope.Db.Set<Notice>().Where(row => numbers.Contains(row.Number) && row.State == NoticeState.Answered && row.StoppedAt < before
                    && !scope.Db.Set<NoticeItem>().Any(item => item.NoticeNumber == row.Number && !free.Any(about => about.Number == item.CaseNumber)))
                .Select(row => row.Number).ToListAsync(cancel).ConfigureAwait(false);
            await scope.Db.Set<NoticeItem>().Where(row => gone.Contains(row.NoticeNumber)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            return await NoticeRecords.RemoveAsync(scope, scope.Db.Set<Notice>().Where(row => gone.Contains(row.Number)), cancel).ConfigureAwait(false);
        },
        RetentionPass.CasesAtOnce,
        cancellationToken);
}
