using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>A batch of items: read as one, and stored as one.</summary>
internal static class ItemBatch
{
    /// <summary>Reads the items of a request; what is wrong with them is in the problems.</summary>
    public static List<AcceptedItem> Read(IReadOnlyList<JsonElement> items, ItemCatalog catalog, ProblemList problems)
    {
        if (items.Count > AcceptItems.MaxBatch)
        {
            problems.Input("batch.too-large", "/items", $"A batch holds at most {AcceptItems.MaxBatch} items.");
            return [];
        }

        ItemReader reader = new(catalog, problems);
        List<AcceptedItem> accepted = new(items.Count);
        foreach ((int place, JsonElement item) in items.Index())
        {
            if (reader.Read(item, $"/items/{place}") is { } read)
            {
                accepted.Add(read);
            }
        }

        return accepted;
    }

    /// <summary>
    /// Keeps the items, opens their cases or folds them into those that are there, and queues what is to be judged.
    /// <see cref="ItemsOutcome.Stale"/>, with nothing changed, where a type is no longer what the items were read by.
    /// </summary>
    public static async Task<ItemsOutcome> TakeInAsync(
        this WriteScope scope, Caller caller, IReadOnlyList<AcceptedItem> items, CaseSource source, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        if (!await catalog.StillHoldsAsync(scope.Db, items.Select(item => item.Type.Id), cancellationToken).ConfigureAwait(false))
        {
            return ItemsOutcome.Stale;
        }

        IReadOnlyList<StoredItem> stored = await scope.StoreAsync(caller, items, cancellationToken).ConfigureAwait(false);
        // Threads are context of what is said in them; nobody is handed one unless it is reported.
        StoredItem[] judged = [.. stored.Where(item => item.Accepted.Type.Kind != ItemKind.Thread && !item.Accepted.Facts.Gone)];
        IReadOnlyDictionary<Guid, IntakeCase> cases = await scope.CasesAsync(caller, judged, source, cancellationToken).ConfigureAwait(false);
        foreach (IntakeCase entry in judged.Where(item => !item.IsNew).Select(item => cases[item.VersionId]).Where(entry => !entry.IsNew))
        {
            scope.Learn(entry.Case, CaseEventKind.ItemSentAgain);
            if (entry.Case is { State: CaseState.Closed, DecisionId: null })
            {
                // It was withdrawn unjudged, and here it is again.
                scope.OpenAgain(caller, entry);
            }
        }

        await scope.QueueAsync(caller, cases.Values, [], cancellationToken).ConfigureAwait(false);
        await scope.WithdrawGoneAsync(caller, stored, cancellationToken).ConfigureAwait(false);
        return new ItemsOutcome(
            IntakeAnswer.Accepted,
            [.. stored.Select(item => new ItemResult(item.Accepted.Id, cases.GetValueOrDefault(item.VersionId)?.Case.Number, null, [], !item.IsNew))],
            []);
    }
}
