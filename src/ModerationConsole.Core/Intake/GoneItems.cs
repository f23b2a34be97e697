using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Withdraws what waits for items that the platform says are gone. Some cases stay: child safety, because what was there must
/// be reported even if it was taken down; and those that an expert was asked about or that are appealed.
/// </summary>
internal static class GoneItems
{
    /// <summary>Closes the open cases of the items among these that came in as gone; their other versions are gone too.</summary>
    public static async Task WithdrawGoneAsync(
        this WriteScope scope, Caller caller, IReadOnlyList<StoredItem> stored, CancellationToken cancellationToken)
    {
        HashSet<(string TypeId, string ItemId)> gone = LastWordGone(stored);
        if (gone.Count == 0)
        {
            return;
        }

        string[] ids = [.. gone.Select(item => item.ItemId)];
        List<CaseOfItem> open = await (
            from about in scope.Db.Set<Case>().AsTracking()
            join version in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
            where ids.Contains(version.ItemId) && about.State == CaseState.Open && about.Sensitivity != Sensitivity.ChildSafety
                && !scope.Db.Set<ReviewTask>().Any(task => task.CaseNumber == about.Number
                    && (task.Kind == TaskKind.Expert || task.Kind == TaskKind.Appeal)
                    && (task.State == TaskState.Waiting || task.State == TaskState.Leased))
            select new CaseOfItem(about, version.TypeId, version.ItemId)).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (CaseOfItem row in open.Where(row => gone.Contains((row.TypeId, row.ItemId))))
        {
            await scope.WithdrawCaseAsync(caller, row.Case, cancellationToken).ConfigureAwait(false);
        }
    }

    // A batch may hold an item twice: what is said last of it counts.
    private static HashSet<(string TypeId, string ItemId)> LastWordGone(IReadOnlyList<StoredItem> stored)
    {
        HashSet<(string, string)> gone = [];
        foreach (AcceptedItem item in stored.Select(row => row.Accepted))
        {
            _ = item.Facts.Gone ? gone.Add((item.Type.Id, item.Id)) : gone.Remove((item.Type.Id, item.Id));
        }

        return gone;
    }
}
