using System.Text.Json;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Notices;

namespace ModerationConsole.Core.Intake;

/// <summary>A notice that has the right shape, with the items that it is about.</summary>
internal sealed record ReadNoticeBody(NoticeOrder Order, IReadOnlyList<AcceptedItem> Items)
{
    /// <summary>What tells it apart from every other.</summary>
    public byte[] Hash => Order.Hash(Items.Select(item => (item.Type.Id, item.Id)));
}

/// <summary>
/// Reads notices: <c>{type, basis?, jurisdiction?, sender, reference?, receivedAt, scope?, explanation?, items: [item | {id, typeId}]}</c>.
/// An item comes in the same form as in a report, or is named by id and type where the console has it already.
/// </summary>
internal sealed class NoticeReader(ItemCatalog catalog, NoticeOptions types, ProblemList problems, DateTimeOffset now)
{
    /// <summary>Most things that one notice may be about.</summary>
    public const int MaxItems = 20;

    /// <summary>How long ago a notice may have been received when it comes in.</summary>
    public const int MostDays = 30;

    // Clocks of two machines differ a little.
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(5);

    private readonly ItemReader _items = new(catalog, problems);

    // What the console has stays what it is, whatever became of its type since.
    private readonly ItemReader _known = new(catalog, new ProblemList(), promised: true);

    /// <summary>The items that it names, as they stand in its body; empty where that has the wrong shape.</summary>
    public static IReadOnlyList<JsonElement> ItemsIn(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("items", out JsonElement items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() <= MaxItems
            ? [.. items.EnumerateArray()] : [];

    /// <summary>Reads the notice. Null when it is wrong; why is in the problems.</summary>
    /// <param name="known">Data of items that are only named, as the console has it, by type and id.</param>
    public ReadNoticeBody? Read(JsonElement body, IReadOnlyDictionary<(string TypeId, string Id), JsonElement> known)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            problems.Input("notice.shape", "", "A notice is an object.");
            return null;
        }

        (string code, NoticeType? type) = ReadType(body);
        string? basis = Text(body, "basis", TextLength.Line) ?? type?.Basis;
        if (type is not null && string.IsNullOrWhiteSpace(basis))
        {
            problems.Input("notice.basis", "/basis", "This type of notice names the law that it stands on.");
        }

        string jurisdiction = ReadJurisdiction(body, type);
        string? sender = Text(body, "sender", TextLength.Line);
        if (sender is null)
        {
            problems.Input("notice.sender", "/sender", "A notice names its sender.");
        }

        string? reference = Text(body, "reference", TextLength.Id);
        DateTimeOffset? received = ReadReceived(body);
        string? scope = Text(body, "scope", TextLength.Note);
        string? explanation = Text(body, "explanation", TextLength.Note);
        List<AcceptedItem> items = ReadItems(body, known);
        return problems.Count > 0 ? null : new ReadNoticeBody(new NoticeOrder(code, basis!, jurisdiction, sender!, reference, received!.Value, scope, explanation), items);
    }

    private (string Code, NoticeType? Type) ReadType(JsonElement body)
    {
        string code = body.TryGetProperty("type", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        NoticeType? type = types.InUse(code);
        if (type is null)
        {
            problems.Input("notice.type", "/type", $"The type is one of: {string.Join(", ", types.Types.Where(one => one.Value.Minutes > 0).Select(one => one.Key).Order(StringComparer.Ordinal))}.");
        }

        return (code, type);
    }

    private string ReadJurisdiction(JsonElement body, NoticeType? type)
    {
        string given = (Text(body, "jurisdiction", TextLength.Id) ?? type?.Jurisdiction ?? "").Trim().ToUpperInvariant();
        if (!NoticeOptionsValidator.Jurisdiction().IsMatch(given))
        {
            problems.Input("notice.jurisdiction", "/jurisdiction", "A jurisdiction is two letters, ISO 3166-1, or EU.");
        }

        return given;
    }

    private DateTimeOffset? ReadReceived(JsonElement body)
    {
        DateTimeOffset? at = body.TryGetProperty("receivedAt", out JsonElement value) && value.ValueKind == JsonValueKind.String ? Moment.Read(value.GetString()) : null;
        if (at is null)
        {
            problems.Input("notice.received", "/receivedAt", "The time at which it was received is a date, ISO 8601.");
        }
        else if (at > now + s_ahead)
        {
            problems.Input("notice.received-ahead", "/receivedAt", "A notice cannot have been received in the future.");
        }
        else if (at < now.AddDays(-MostDays))
        {
            problems.Input("notice.received-old", "/receivedAt", $"A notice must have been received in the last {MostDays} days.");
        }

        return at is { } read ? Instant.Cut(read) : null;
    }

    private List<AcceptedItem> ReadItems(JsonElement body, IReadOnlyDictionary<(string TypeId, string Id), JsonElement> known)
    {
        IReadOnlyList<JsonElement> given = ItemsIn(body);
        if (given.Count == 0)
        {
            problems.Input("notice.items", "/items", $"A notice is about 1 to {MaxItems} items.");
        }

        List<AcceptedItem> read = [];
        HashSet<(string, string)> named = [];
        foreach ((int place, JsonElement item) in given.Index())
        {
            string at = $"/items/{place}";
            AcceptedItem? accepted;
            if (Name(item) is not { } name)
            {
                accepted = _items.Read(item, at);
            }
            else if ((accepted = known.TryGetValue(name, out JsonElement whole) ? _known.Read(whole, at) : null) is null)
            {
                problems.Input("notice.item-unknown", at, "The console does not have this item, or its content was erased. Send it with its data.");
            }

            if (accepted is null)
            {
                continue;
            }

            if (!named.Add((accepted.Type.Id, accepted.Id)))
            {
                problems.Input("notice.item-twice", at, "A notice names an item once.");
            }

            read.Add(accepted);
        }

        return read;
    }

    /// <summary>Type and id of an item that is only named; null for one that comes with its data.</summary>
    public static (string TypeId, string Id)? Name(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && !item.TryGetProperty("data", out _)
        && item.TryGetProperty("typeId", out JsonElement type) && type.ValueKind == JsonValueKind.String
        && item.TryGetProperty("id", out JsonElement id) && ExternalId.Read(id) is { } read
            ? (type.GetString()!, read) : null;

    private string? Text(JsonElement body, string name, int most)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        // PostgreSQL cannot hold U+0000 in text.
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace('\0', '\uFFFD').Trim() : null;
        if (text is null || text.Length > most)
        {
            problems.Input("notice.text", $"/{name}", $"This is a text of at most {most} characters.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }
}
