using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases.Keeping;

/// <summary>Closed cases with everything about them.</summary>
internal sealed class CaseClass(IEnumerable<ICaseRecords> rooms, CaseHolds holds) : IRecordClass
{
    private readonly ICaseRecords[] _rooms = [.. rooms.OrderByDescending(room => room.Floor)];

    public string Name => RecordClasses.Cases;

    // Figures are reported for five years.
    public int DefaultDays => 5 * 365 + 1;

    // A complaint may come for six months.
    public int LeastDays => 184;

    public string? Within => RecordClasses.Audit;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.WalkAsync(
        (db, after) => db.Set<Case>().AsNoTracking()
            .Where(row => row.Number > after && row.OpenedAt < before && row.State == CaseState.Closed && row.EndedAt < before)
            .OrderBy(row => row.Number).Select(row => row.Number).Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken),
        (scope, numbers, cancel) => RemoveAsync(scope, numbers, before, cancel),
        RetentionPass.CasesAtOnce,
        cancellationToken);

    private async Task<int> RemoveAsync(WriteScope scope, IReadOnlyList<long> numbers, DateTimeOffset before, CancellationToken cancellationToken)
    {
        List<long> gone = await holds.Free(scope.Db, scope.Now).Where(row => numbers.Contains(row.Number) && row.EndedAt < before)
            .Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (gone.Count == 0)
        {
            return 0;
        }

        foreach (ICaseRecords room in _rooms)
        {
            await room.RemoveAsync(scope, gone, cancellationToken).ConfigureAwait(false);
        }

        gone.ForEach(number => scope.Record(Caller.System, AuditAct.CaseRemoved, number));
        return gone.Count;
    }
}

/// <summary>What users wrote, and who they are, in cases that were closed long ago. What was decided stays.</summary>
internal sealed class ContentClass(ContentErasing erasing) : IRecordClass
{
    public string Name => RecordClasses.Content;

    // Six months in which a complaint may come, and time to settle it.
    public int DefaultDays => 400;

    public int LeastDays => 184;

    public string? Within => RecordClasses.Cases;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.WalkAsync(
        (db, after) => db.Set<Case>().AsNoTracking()
            .Where(row => row.Number > after && row.OpenedAt < before && row.ContentErasedAt == null && row.State == CaseState.Closed && row.EndedAt < before)
            .OrderBy(row => row.Number).Select(row => row.Number).Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken),
        (scope, numbers, cancel) => erasing.EraseAsync(scope, numbers, before, cancel),
        RetentionPass.CasesAtOnce,
        cancellationToken);
}

/// <summary>Erases the content of cases, in every room.</summary>
internal sealed class ContentErasing(IEnumerable<ICaseRecords> rooms, CaseHolds holds)
{
    private readonly ICaseRecords[] _rooms = [.. rooms.OrderByDescending(room => room.Floor)];

    /// <summary>Erases it where the case is closed, not held, ended before a time, and not erased yet. Returns how many were.</summary>
    public async Task<int> EraseAsync(WriteScope scope, IReadOnlyList<long> numbers, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        List<long> erased = await holds.Free(scope.Db, scope.Now)
            .Where(row => numbers.Contains(row.Number) && row.ContentErasedAt == null && (before == null || row.EndedAt < before))
            .Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (erased.Count == 0)
        {
            return 0;
        }

        foreach (ICaseRecords room in _rooms)
        {
            await room.EraseAsync(scope, erased, cancellationToken).ConfigureAwait(false);
        }

        erased.ForEach(number => scope.Record(Caller.System, AuditAct.ContentErased, number));
        return erased.Count;
    }
}
