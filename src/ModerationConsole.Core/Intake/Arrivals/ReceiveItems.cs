using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>
/// Checks a batch of items and promises to take it in, all or none: when it answers, the batch is durable, and its cases follow in
/// the order of the promises. The same requests under one key are one promise.
/// </summary>
[Requires(Permission.SubmitItems)]
public sealed class ReceiveItems(WritePath writes, IAccessGuard guard, ItemCatalogs catalogs, ArrivalRoom room, ArrivalSignal signal) : IUseCase
{
    private static readonly ItemsOutcome s_promised = new(IntakeAnswer.Accepted, [], []);
    private static readonly ItemsOutcome s_full = new(IntakeAnswer.Full, [], []);

    /// <summary>Takes the promise down. No result stands for an item: none has its case yet.</summary>
    /// <param name="key">Makes the request do its work once, however often it is sent.</param>
    public async Task<ItemsOutcome> RunAsync(Caller caller, IReadOnlyList<JsonElement> items, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReceiveItems>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(items);
        IReadOnlyList<IntakeProblem> problems = await CheckAsync(items, cancellationToken).ConfigureAwait(false);
        if (key is null && (problems.Count > 0 || items.Count == 0))
        {
            return problems.Count > 0 ? ItemsOutcome.Refused(problems) : s_promised;
        }

        bool full = problems.Count == 0 && items.Count > 0 && await room.IsFullAsync(cancellationToken).ConfigureAwait(false);
        if (full && key is null)
        {
            return s_full;
        }

        byte[] body = problems.Count > 0 ? [] : ArrivalBody.Join(items);
        Once<ItemsOutcome> once = await writes.RunAsync(
            (scope, cancel) => scope.OnceAsync(
                key,
                // What was promised under this key before is still promised.
                () => Task.FromResult(problems.Count > 0 ? ItemsOutcome.Refused(problems) : full ? s_full : Promise(scope, caller, items.Count, body)),
                outcome => outcome.Answer == IntakeAnswer.Accepted,
                cancel),
            cancellationToken,
            ArrivalLanes.Promising).ConfigureAwait(false);
        return once.Value ?? new ItemsOutcome(IntakeAnswer.KeyReused, [], []);
    }

    /// <summary>What is wrong with the items by the types as they are now. What is remembered of the types may let items in, but never refuses one.</summary>
    private async Task<IReadOnlyList<IntakeProblem>> CheckAsync(IReadOnlyList<JsonElement> items, CancellationToken cancellationToken)
    {
        ProblemList problems = new();
        ItemBatch.Read(items, await catalogs.GetAsync(cancellationToken).ConfigureAwait(false), problems);
        if (problems.Count > 0)
        {
            problems = new();
            ItemBatch.Read(items, await catalogs.ReadAsync(cancellationToken).ConfigureAwait(false), problems);
        }

        return problems.Problems;
    }

    private ItemsOutcome Promise(WriteScope scope, Caller caller, int count, byte[] body)
    {
        if (count > 0)
        {
            scope.Append(new Arrival { SenderKind = caller.Kind, SenderId = caller.Id, Items = count, Size = body.Length, Body = body, At = scope.Now });
            scope.AfterCommit(signal.Raise);
        }

        return s_promised;
    }
}
