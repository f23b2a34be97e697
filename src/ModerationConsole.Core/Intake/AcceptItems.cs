using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>What became of a request of a program.</summary>
public enum IntakeAnswer
{
    /// <summary>Stored, now or by an equal request before.</summary>
    Accepted,

    /// <summary>Nothing was stored: see the problems.</summary>
    Refused,

    /// <summary>Nothing was stored: the Idempotency-Key belongs to another body.</summary>
    KeyReused,
}

/// <summary>An item as it came in.</summary>
/// <param name="Json">The item in the peer's shape.</param>
/// <param name="Attached">Media whose bytes were stored before.</param>
public sealed record ItemSubmission(JsonElement Json, IReadOnlyList<AttachedMedia>? Attached = null);

/// <summary>What became of one item of a batch.</summary>
/// <param name="ItemId">The item's id on the platform.</param>
/// <param name="CaseNumber">Its case; null where nothing is to be judged.</param>
/// <param name="Verdict">The verdict of the rules; null until a person decides.</param>
/// <param name="Rules">Ids of the rules that matched.</param>
/// <param name="Duplicate">Whether this version of the item had come in before.</param>
public sealed record ItemResult(string ItemId, long? CaseNumber, string? Verdict, IReadOnlyList<string> Rules, bool Duplicate);

/// <summary>What became of a batch.</summary>
public sealed record ItemsOutcome(IntakeAnswer Answer, IReadOnlyList<ItemResult> Results, IReadOnlyList<IntakeProblem> Problems)
{
    /// <summary>An item type was changed between reading and storing: to be read again.</summary>
    internal static readonly ItemsOutcome Stale = new(IntakeAnswer.Refused, [], []);

    internal static ItemsOutcome Refused(IReadOnlyList<IntakeProblem> problems) => new(IntakeAnswer.Refused, [], problems);
}

/// <summary>
/// Takes in a batch of items, all or none. Each version of an item is kept once and has one case, which waits in the queue
/// that routing says; the same version again folds into its case.
/// </summary>
[Requires(Permission.SubmitItems)]
public sealed class AcceptItems(WritePath writes, IAccessGuard guard, IDbContextFactory<ConsoleDbContext> contexts) : IUseCase
{
    /// <summary>Most items of one batch.</summary>
    public const int MaxBatch = 500;

    /// <summary>Takes the batch in. A result stands at the place of its item.</summary>
    /// <param name="source">What the cases are made by.</param>
    /// <param name="key">Makes the request do its work once, however often it is sent.</param>
    public async Task<ItemsOutcome> RunAsync(
        Caller caller, IReadOnlyList<ItemSubmission> items, CaseSource source, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AcceptItems>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(items);
        while (true)
        {
            // Reading happens outside the write, so that large batches keep nobody else from writing.
            ItemCatalog catalog = await contexts.ReadItemCatalogAsync(cancellationToken).ConfigureAwait(false);
            ProblemList problems = new();
            IReadOnlyList<AcceptedItem> accepted = Read(items, catalog, problems);
            Once<ItemsOutcome> once = await writes.RunAsync(
                (scope, cancel) => scope.OnceAsync(
                    key,
                    () => problems.Count > 0
                        ? Task.FromResult(ItemsOutcome.Refused(problems.Problems))
                        : StoreAsync(scope, caller, accepted, source, catalog, cancel),
                    outcome => outcome.Answer == IntakeAnswer.Accepted,
                    cancel),
                cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(once.Value, ItemsOutcome.Stale))
            {
                return once.Value ?? new ItemsOutcome(IntakeAnswer.KeyReused, [], []);
            }
        }
    }

    private static List<AcceptedItem> Read(IReadOnlyList<ItemSubmission> items, ItemCatalog catalog, ProblemList problems)
    {
        if (items.Count > MaxBatch)
        {
            problems.Input("batch.too-large", "/items", $"A batch holds at most {MaxBatch} items.");
            return [];
        }

        ItemReader reader = new(catalog, problems);
        List<AcceptedItem> accepted = new(items.Count);
        foreach ((int place, ItemSubmission item) in items.Index())
        {
            if (reader.Read(item.Json, $"/items/{place}") is { } read)
            {
                accepted.Add(item.Attached is null ? read : read with { Attached = item.Attached });
            }
        }

        return accepted;
    }

    private static async Task<ItemsOutcome> StoreAsync(
        WriteScope scope, Caller caller, IReadOnlyList<AcceptedItem> items, CaseSource source, ItemCatalog catalog, CancellationToken cancellationToken)
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
