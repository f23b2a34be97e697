using System.Runtime.InteropServices;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>
/// Checks a batch of items and promises to take it in, all or none: when it answers, the batch is durable, and its cases follow in
/// the order of the promises. The same requests under one key are one promise.
/// </summary>
[Requires(Permission.SubmitItems)]
public sealed class ReceiveItems(WritePath writes, IAccessGuard guard, ItemCatalogs catalogs, ArrivalSignal signal) : IUseCase
{
    private static readonly ItemsOutcome s_promised = new(IntakeAnswer.Accepted, [], []);

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

        byte[] body = problems.Count > 0 ? [] : Join(items);
        Once<ItemsOutcome> once = await writes.RunAsync(
            (scope, cancel) => scope.OnceAsync(
                key,
                () => Task.FromResult(problems.Count > 0 ? ItemsOutcome.Refused(problems) : Promise(scope, caller, items.Count, body)),
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

    private static byte[] Join(IReadOnlyList<JsonElement> items)
    {
        byte[] body = new byte[items.Sum(item => JsonMarshal.GetRawUtf8Value(item).Length + 1) + 1];
        int at = 0;
        foreach (JsonElement item in items)
        {
            body[at++] = at == 1 ? (byte)'[' : (byte)',';
            ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(item);
            raw.CopyTo(body.AsSpan(at));
            at += raw.Length;
        }

        body[at] = (byte)']';
        return body;
    }
}
