using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>Keeps what came with a report beside its case.</summary>
internal static class RelatedItems
{
    /// <summary>Adds the report's thread and additional items to those that the case has; none stands there twice, and what was once reported stays so.</summary>
    /// <param name="stored">The report's items in order: the reported one, its thread, the additional ones.</param>
    public static async Task RelateAsync(this WriteScope scope, Case about, ReadReport report, IReadOnlyList<StoredItem> stored, CancellationToken cancellationToken)
    {
        Dictionary<Guid, RelatedItem> known = await scope.Db.Set<RelatedItem>().Where(row => row.CaseNumber == about.Number)
            .ToDictionaryAsync(row => row.ItemVersionId, cancellationToken).ConfigureAwait(false);
        foreach ((int place, StoredItem item) in stored.Skip(1).Index())
        {
            bool reported = report.ReportedInThread.Contains((item.Accepted.Type.Id, item.Accepted.Id));
            if (item.VersionId == about.ItemVersionId)
            {
                continue;
            }

            if (known.TryGetValue(item.VersionId, out RelatedItem? there))
            {
                there.Reported |= reported;
                continue;
            }

            ItemRelation relation = place < report.Thread.Count ? ItemRelation.Thread : ItemRelation.Additional;
            RelatedItem related = new()
            {
                CaseNumber = about.Number,
                ItemVersionId = item.VersionId,
                Relation = relation,
                Reported = reported,
                Position = known.Values.Count(row => row.Relation == relation),
            };
            known.Add(item.VersionId, related);
            scope.Db.Add(related);
        }
    }
}
