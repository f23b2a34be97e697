using System.Runtime.InteropServices;
using System.Text.Json;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>The items of a row as they were sent: a JSON list, UTF-8.</summary>
internal sealed class ArrivalBody : IDisposable
{
    private readonly JsonDocument? _document;

    private ArrivalBody(JsonDocument? document, IReadOnlyList<ArrivedItem> items) => (_document, Items) = (document, items);

    /// <summary>The items, in order; none where the row cannot be read at all.</summary>
    public IReadOnlyList<ArrivedItem> Items { get; }

    /// <summary>Reads a row by the types as they are now.</summary>
    public static ArrivalBody Open(byte[] body, ItemCatalog catalog)
    {
        if (!JsonText.TryParse(body, out JsonDocument? document))
        {
            return new ArrivalBody(null, []);
        }

        ItemReader reader = new(catalog, new ProblemList(), promised: true);
        return new ArrivalBody(document, document.RootElement.ValueKind != JsonValueKind.Array ? []
            : [.. document.RootElement.EnumerateArray().Select(item => new ArrivedItem(item, reader.Read(item, "")))]);
    }

    /// <summary>Makes a body of items.</summary>
    public static byte[] Join(IReadOnlyList<JsonElement> items)
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

    public void Dispose() => _document?.Dispose();
}

/// <summary>An item of a row.</summary>
/// <param name="Json">As it was sent.</param>
/// <param name="Read">As it is understood; null where it is not.</param>
internal sealed record ArrivedItem(JsonElement Json, AcceptedItem? Read)
{
    /// <summary>Whether its type is for child safety.</summary>
    public bool IsChildSafety => Read?.Type.Sensitivity == Sensitivity.ChildSafety;

    /// <summary>Whether an account made it, or is it. Of what is not understood nobody knows the roles: there every value counts.</summary>
    public bool IsOf(PlatformActor actor) => Read is { } read
        ? (read.Facts.CreatorId == actor.Id && read.Facts.CreatorTypeId == actor.TypeId) || (read.Id == actor.Id && read.Type.Id == actor.TypeId)
        : Names(Json, actor.Id);

    private static bool Names(JsonElement value, string id) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => Names(member.Value, id)),
        JsonValueKind.Array => value.EnumerateArray().Any(element => Names(element, id)),
        JsonValueKind.String => value.ValueEquals(id),
        _ => false,
    };
}
