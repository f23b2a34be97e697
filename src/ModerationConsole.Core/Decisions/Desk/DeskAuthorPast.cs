using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What was decided about other items of the author: the same decisions that the snapshot of a decision keeps.</summary>
internal static class DeskAuthorPast
{
    private const int ExcerptLength = 200;

    public static async Task<IReadOnlyList<DeskPastDecision>> ReadAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        if (reading.Item.CreatorId is null)
        {
            return [];
        }

        List<EarlierDecision> earlier = reading.Then is { } then ? [.. then.Snapshot.Earlier] : await EarlierDecisions.ReadAsync(
            reading.Db, reading.Case.Number, reading.Item.CreatorTypeId, reading.Item.CreatorId, reading.SeesChildSafety, cancellationToken).ConfigureAwait(false);
        // What was decided about this very item is told apart.
        earlier.RemoveAll(decision => decision.ItemId == reading.Item.ItemId && decision.TypeId == reading.Item.TypeId);
        if (earlier.Count == 0)
        {
            return [];
        }

        long[] numbers = [.. earlier.Select(decision => decision.CaseNumber).Distinct()];
        var items = await (
            from about in reading.Db.Set<Case>()
            join item in reading.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join type in reading.Db.Set<ItemType>() on item.TypeId equals type.Id
            where numbers.Contains(about.Number)
            select new
            {
                about.Number,
                TypeName = type.Name,
                Excerpt = item.Text.Substring(0, ExcerptLength),
                // A field may have been made personal after the item came.
                Masked = type.Fields.Contains(ItemSchema.WrittenSensitive) ? new { type.Fields, item.Data } : null,
            })
            .ToDictionaryAsync(row => row.Number, cancellationToken).ConfigureAwait(false);
        Guid[] decisions = [.. earlier.Select(decision => decision.Id)];
        var policies = await (
            from decision in reading.Db.Set<Decision>()
            join version in reading.Db.Set<PolicyVersion>() on decision.PolicyVersionId equals version.Id
            where decisions.Contains(decision.Id)
            select new { decision.Id, version.Name, version.Code }).ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        string[] actionIds = [.. earlier.SelectMany(decision => ActionScope.List(decision.Actions)).Distinct()];
        Dictionary<string, string> actions = await reading.Db.Set<ActionDefinition>().Where(action => actionIds.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return
        [
            .. from decision in earlier
               // A case may be gone since.
               where items.ContainsKey(decision.CaseNumber)
               let item = items[decision.CaseNumber]
               let policy = policies.GetValueOrDefault(decision.Id)
               select new DeskPastDecision(
                   decision.CaseNumber, decision.DecidedAt, item.TypeName,
                   item.Masked is { } masked ? ItemFields.Excerpt(masked.Fields, masked.Data, ExcerptLength) : item.Excerpt, decision.Verdict, decision.State, policy?.Name, policy?.Code,
                   [.. ActionScope.List(decision.Actions).Select(id => actions.GetValueOrDefault(id, id))]),
        ];
    }
}
