using System.Text.Json;
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

    /// <summary>Nothing was stored: so much is waiting to be taken in that more must come later.</summary>
    Full,
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
public sealed class AcceptItems(WritePath writes, IAccessGuard guard, ItemCatalogs catalogs) : IUseCase
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
            ItemCatalog catalog = await catalogs.ReadAsync(cancellationToken).ConfigureAwait(false);
            ProblemList problems = new();
            List<AcceptedItem> accepted = ItemBatch.Read([.. items.Select(item => item.Json)], catalog, problems);
            if (problems.Count == 0)
            {
                accepted = [.. accepted.Zip(items, (read, item) => item.Attached is null ? read : read with { Attached = item.Attached })];
            }

            Once<ItemsOutcome> once = await writes.RunAsync(
                (scope, cancel) => scope.OnceAsync(
                    key,
                    () => problems.Count > 0
                        ? Task.FromResult(ItemsOutcome.Refused(problems.Problems))
                        : scope.TakeInAsync(caller, accepted, source, catalog, cancel),
                    outcome => outcome.Answer == IntakeAnswer.Accepted,
                    cancel),
                cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(once.Value, ItemsOutcome.Stale))
            {
                return once.Value ?? new ItemsOutcome(IntakeAnswer.KeyReused, [], []);
            }
        }
    }
}
