using System.Text.Json;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Reads items as the peer's programs send them and checks them against their types. Two forms, exactly one of them:
/// flat <c>{id, typeId, data, typeVersion?, typeSchemaVariant?}</c> or nested <c>{id, data, type: {id, version?, schemaVariant?}}</c>.
/// Beside them either may carry <c>region</c>.
/// </summary>
/// <param name="promised">
/// Whether the items were checked when they came and their sender was told that they are taken: a type that was changed or put
/// away since does not refuse them any more. What no longer fits their type is not understood, and kept all the same.
/// </param>
public sealed class ItemReader(ItemCatalog catalog, ProblemList problems, bool promised = false)
{
    /// <summary>How deep an item's data may nest.</summary>
    public const int MaxDataDepth = 32;

    /// <summary>Longest text of one field, in UTF-16 code units.</summary>
    public const int MaxText = 1_000_000;

    /// <summary>Most media of one item.</summary>
    public const int MaxMedia = 100;

    private readonly FieldReader _fields = new(catalog, problems);

    /// <summary>Reads one item. Null when it does not fit; why is in the problems.</summary>
    /// <param name="pointer">JSON pointer to the item in the request.</param>
    public AcceptedItem? Read(JsonElement item, string pointer)
    {
        int before = problems.Count;
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Input("item.shape", pointer, "An item is an object.");
            return null;
        }

        string? id = ReadId(item, pointer);
        (KnownType? type, bool partial) = ReadType(item, pointer);
        if (!item.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Object)
        {
            problems.Input("item.data-missing", pointer, "An item has an object named data.");
            return null;
        }

        if (JsonText.Depth(data) > MaxDataDepth)
        {
            problems.Input("item.too-deep", pointer, $"Data nests at most {MaxDataDepth} levels.");
            return null;
        }

        if (id is null || type is null)
        {
            return null;
        }

        string? region = ReadRegion(item, pointer);
        string canonical = JsonText.Canonical(data);
        if (canonical.Length > TextLength.Document)
        {
            problems.Input("item.too-long", pointer, $"Data has at most {TextLength.Document} characters.");
            return null;
        }

        ItemFacts facts = ReadFields(type, data, partial, $"{pointer}/data");
        if (facts.Media.Count > MaxMedia)
        {
            problems.Data("item.too-many-media", pointer, $"An item has at most {MaxMedia} media.");
        }

        return promised || problems.Count == before ? new AcceptedItem(type, id, canonical, facts) { Region = region } : null;
    }

    /// <summary>Reads several items that must be of a kind.</summary>
    public IReadOnlyList<AcceptedItem> ReadAll(IEnumerable<JsonElement> items, string pointer, Func<KnownType, bool> fits, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(fits);
        List<AcceptedItem> read = [];
        foreach ((int place, JsonElement item) in items.Index())
        {
            string at = $"{pointer}/{place}";
            if (Read(item, at) is not { } accepted)
            {
                continue;
            }

            if (fits(accepted.Type))
            {
                read.Add(accepted);
            }
            else
            {
                problems.Input("item.kind", at, otherwise);
            }
        }

        return read;
    }

    private string? ReadId(JsonElement item, string pointer)
    {
        if (!item.TryGetProperty("id", out JsonElement id))
        {
            problems.Input("item.id-missing", pointer, "An item has an id.");
            return null;
        }

        if (ExternalId.Read(id) is { } read)
        {
            return read;
        }

        problems.Input("item.id-invalid", pointer, ExternalId.Rule);
        return null;
    }

    // Where no regions are configured a member of that name means nothing, as any other that is not known.
    private string? ReadRegion(JsonElement item, string pointer)
    {
        RegionOptions regions = catalog.Regions;
        if (regions.Known.Count == 0 || !item.TryGetProperty("region", out JsonElement region) || region.ValueKind == JsonValueKind.Null)
        {
            return regions.Find(regions.Default);
        }

        string? named = region.ValueKind == JsonValueKind.String ? region.GetString() : null;
        if (regions.Find(named) is { } known)
        {
            return known;
        }

        problems.Input("item.region-unknown", $"{pointer}/region", "This region is not among those configured here.");
        // It was known when the item was promised: its data is not moved elsewhere.
        return promised && RegionOptions.IsName(named) ? named : null;
    }

    private (KnownType? Type, bool Partial) ReadType(JsonElement item, string pointer)
    {
        bool flat = item.TryGetProperty("typeId", out JsonElement typeId);
        bool nested = item.TryGetProperty("type", out JsonElement type);
        JsonElement variant = default;
        bool hasVariant = flat
            ? item.TryGetProperty("typeSchemaVariant", out variant)
            : type.ValueKind == JsonValueKind.Object && type.TryGetProperty("schemaVariant", out variant);
        if (flat == nested
            || (nested && (type.ValueKind != JsonValueKind.Object || !type.TryGetProperty("id", out typeId)))
            || typeId.ValueKind != JsonValueKind.String)
        {
            problems.Input("item.shape", pointer, "An item names its type either as typeId or as type.id.");
            return default;
        }

        bool partial = false;
        if (hasVariant && variant.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            partial = variant.ValueKind == JsonValueKind.String && variant.ValueEquals("partial");
            if (!partial && !(variant.ValueKind == JsonValueKind.String && variant.ValueEquals("original")))
            {
                problems.Input("item.variant", pointer, "A schema variant is original or partial.");
                return default;
            }
        }

        KnownType? known = catalog.Find(typeId.GetString()!);
        if (known is null || (known.Archived && !promised))
        {
            problems.UnknownType(pointer);
            return default;
        }

        return (known, partial);
    }

    private ItemFacts ReadFields(KnownType type, JsonElement data, bool partial, string pointer)
    {
        ItemFacts facts = new();
        foreach (ItemField field in type.Fields)
        {
            string at = $"{pointer}/{JsonText.Step(field.Name)}";
            bool there = data.TryGetProperty(field.Name, out JsonElement value) && !FieldReader.IsNothing(field, value);
            if (there)
            {
                _fields.Read(field, value, facts, at);
            }
            else if (field.Required && !partial)
            {
                problems.Data("field.required", at, "This field is required.");
            }
        }

        return facts;
    }
}
