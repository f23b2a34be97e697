using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Where content like this was seen before, and what was decided about it.</summary>
internal static class DeskLikeness
{
    private const int MostCompared = 50;
    private const int MostShown = 20;

    public static async Task<IReadOnlyList<DeskAlike>> ReadAsync(
        DeskReading reading, IEnumerable<IAlikeItems> comparers, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Alikeness> alike = [];
        foreach (IAlikeItems comparer in comparers)
        {
            foreach (AlikeItem found in await comparer.FindAsync(reading.Db, reading.Item, MostCompared, cancellationToken).ConfigureAwait(false))
            {
                alike[found.VersionId] = alike.TryGetValue(found.VersionId, out Alikeness known) && known < found.How ? known : found.How;
            }
        }

        if (alike.Count == 0)
        {
            return [];
        }

        // Child-safety cases are told only beside another: not even who may see them learns of one in passing.
        bool tellsChildSafety = reading.SeesChildSafety && reading.Case.Sensitivity == Sensitivity.ChildSafety;
        var rows = await (
            from about in reading.Db.Set<Case>().AsNoTracking()
            join item in reading.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where alike.Keys.Contains(item.Id) && item.ReceivedAt < reading.AsOf && !(item.ItemId == reading.Item.ItemId && item.TypeId == reading.Item.TypeId)
                && (tellsChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            join decision in reading.Db.Set<Decision>().Where(row => row.DecidedAt < reading.AsOf) on about.DecisionId equals decision.Id into decisions
            from decision in decisions.DefaultIfEmpty()
            join policy in reading.Db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            select new
            {
                item.Id,
                item.ReceivedAt,
                about.Number,
                // What was decided later was open then.
                State = decision == null && about.DecisionId != null ? CaseState.Open : about.State,
                Verdict = decision == null ? null : (Verdict?)decision.Verdict,
                DecidedAt = decision == null ? null : (DateTimeOffset?)decision.DecidedAt,
                Name = policy == null ? null : policy.Name,
                Code = policy == null ? null : policy.Code,
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.OrderBy(row => alike[row.Id]).ThenBy(row => row.Verdict is null).ThenByDescending(row => row.DecidedAt ?? row.ReceivedAt).Take(MostShown)
                .Select(row => new DeskAlike(alike[row.Id], row.Number, row.State, row.ReceivedAt, row.Verdict, row.DecidedAt, row.Name, row.Code)),
        ];
    }
}
