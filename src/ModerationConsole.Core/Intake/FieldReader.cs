using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Intake;

/// <summary>Reads one field of an item by its type, as leniently as the peer does: numbers in quotes, "1" for true, "" for no address.</summary>
public sealed partial class FieldReader(ItemCatalog catalog, ProblemList problems)
{
    private const int MaxUrl = 2_000;
    private const int MaxElements = 10_000;

    /// <summary>Whether a value means that the field is not there.</summary>
    public static bool IsNothing(ItemField field, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (value.ValueKind == JsonValueKind.String && value.ValueEquals("") && field.Type is FieldType.Url or FieldType.Datetime
                or FieldType.Geohash or FieldType.Image or FieldType.Video or FieldType.Audio or FieldType.Media
                or FieldType.IpAddress or FieldType.EmailAddress);
    }

    /// <summary>Checks a field's value and notes what it tells about the item.</summary>
    public void Read(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(facts);
        if (!field.Many)
        {
            ReadOne(field, value, facts, pointer);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxElements)
        {
            problems.Data("field.not-a-list", pointer, $"This field is a list of at most {MaxElements}.");
            return;
        }

        foreach ((int place, JsonElement element) in value.EnumerateArray().Index())
        {
            if (!IsNothing(field, element))
            {
                ReadOne(field, element, facts, $"{pointer}/{place}");
            }
        }
    }

    private void ReadOne(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        switch (field.Type)
        {
            case FieldType.String:
                ReadText(field, value, facts, pointer);
                break;
            case FieldType.Boolean:
                ReadTruth(field, value, facts, pointer);
                break;
            case FieldType.Number:
                Demand(IsNumber(value), "field.not-a-number", pointer, "This field is a number.");
                break;
            case FieldType.Id or FieldType.PolicyId:
                ReadReference(field, ExternalId.Read(value), facts, pointer);
                break;
            case FieldType.UserId or FieldType.RelatedItem:
                ReadRelated(field, value, facts, pointer);
                break;
            case FieldType.Datetime:
                ReadTime(field, value, facts, pointer);
                break;
            case FieldType.Url:
                Demand(AddressOf(value) is not null, "field.not-a-url", pointer, "This field is an absolute URL.");
                break;
            case FieldType.Image or FieldType.Video or FieldType.Audio or FieldType.Media:
                ReadMedia(field, value, facts, pointer);
                break;
            case FieldType.Geohash:
                Demand(TextOf(value) is { } hash && Geohash().IsMatch(hash), "field.not-a-geohash", pointer, "This field is a geohash.");
                break;
            case FieldType.IpAddress:
                Demand(TextOf(value) is { } address && IPAddress.TryParse(address, out _), "field.not-an-ip-address", pointer, "This field is an IP address.");
                break;
            case FieldType.EmailAddress:
                Demand(TextOf(value) is { } email && Email().IsMatch(email), "field.not-an-email", pointer, "This field is an e-mail address.");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field));
        }
    }

    private void ReadText(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Data("field.not-a-text", pointer, "This field is a text.");
            return;
        }

        string text = value.GetString()!;
        if (text.Length > ItemReader.MaxText)
        {
            problems.Data("field.too-long", pointer, $"A text has at most {ItemReader.MaxText} characters.");
        }
        else if (field.Role is FieldRole.Creator or FieldRole.Thread or FieldRole.Parent)
        {
            ReadReference(field, ExternalId.IsSound(text) ? text : null, facts, pointer);
        }
        else if (!field.Sensitive)
        {
            // What is personal is in the data alone: no search finds it and no excerpt begins with it.
            facts.AddText(field.Role, text);
        }
    }

    private void ReadReference(ItemField field, string? id, ItemFacts facts, string pointer)
    {
        if (Demand(id is not null, "field.not-an-id", pointer, ExternalId.Rule))
        {
            facts.AddReference(field.Role, null, id!);
        }
    }

    private void ReadRelated(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        string? id = null;
        string? typeId = null;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id", out JsonElement given) && value.TryGetProperty("typeId", out JsonElement type))
        {
            id = ExternalId.Read(given);
            typeId = TextOf(type);
        }

        if (!Demand(id is not null && typeId is not null, "field.not-a-reference", pointer, "This field names an item by id and typeId."))
        {
            return;
        }

        if (catalog.Find(typeId!) is null)
        {
            problems.UnknownType(pointer);
            return;
        }

        facts.AddReference(field.Role, typeId, id!);
    }

    private void ReadTime(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        DateTimeOffset? at = Moment.Read(TextOf(value));
        if (Demand(at is not null, "field.not-a-date", pointer, "This field is a date, ISO 8601."))
        {
            facts.AddTime(field.Role, at!.Value);
        }
    }

    private void ReadTruth(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        if (Demand(IsBoolean(value), "field.not-a-boolean", pointer, "This field is true or false."))
        {
            facts.AddTruth(field.Role, value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("1")));
        }
    }

    private void ReadMedia(ItemField field, JsonElement value, ItemFacts facts, string pointer)
    {
        Uri? address = AddressOf(value);
        if (Demand(address?.Scheme is "http" or "https", "field.not-a-media-url", pointer, "This field is a URL of http or https."))
        {
            facts.AddMedia(new MediaMention(field.Name, field.Type, value.GetString()!));
        }
    }

    private bool Demand(bool holds, string code, string pointer, string detail)
    {
        if (!holds)
        {
            problems.Data(code, pointer, detail);
        }

        return holds;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Uri? AddressOf(JsonElement value) =>
        TextOf(value) is { Length: <= MaxUrl } text && !text.Any(char.IsControl) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : null;

    private static bool IsBoolean(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && (value.ValueEquals("1") || value.ValueEquals("0")));

    private static bool IsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out double number) && double.IsFinite(number),
        JsonValueKind.String => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number),
        _ => false,
    };

    [GeneratedRegex(@"^[0-9b-hjkmnp-zB-HJKMNP-Z]{1,12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Geohash();

    [GeneratedRegex(@"^[^\s\p{Cc}@]{1,64}@[^\s\p{Cc}@]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}
