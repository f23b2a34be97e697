using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModerationConsole.Core.Cases;

/// <summary>Types of a field's value, as the peer names them.</summary>
public enum FieldType
{
    String,
    Boolean,
    Number,
    Id,
    UserId,
    RelatedItem,
    PolicyId,
    Datetime,
    Url,
    Image,
    Video,
    Audio,
    Media,
    Geohash,
    IpAddress,
    EmailAddress,
}

/// <summary>What a field means to the console.</summary>
public enum FieldRole
{
    None,
    Creator,
    Thread,
    Parent,
    CreatedAt,
    Language,
    DisplayName,
    ProfileIcon,
    Transcript,
    OcrText,
    Translation,
    IpAddress,
    Email,
    IsDeleted,
    Url,
}

/// <summary>One field of an item type.</summary>
/// <param name="Name">Key in the item's data.</param>
/// <param name="Type">Type of its value, or of its elements.</param>
/// <param name="Many">Whether the value is an array.</param>
/// <param name="Required">Whether an item without it is refused.</param>
/// <param name="Role">What it means.</param>
/// <param name="Sensitive">Personal data: masked until someone asks for it with a reason, and in no search and no excerpt.</param>
public sealed record ItemField(
    string Name, FieldType Type, bool Many = false, bool Required = false, FieldRole Role = FieldRole.None, bool Sensitive = false);

/// <summary>The fields of an item type.</summary>
public static class ItemSchema
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Reads the fields that <see cref="ItemType.Fields"/> holds.</summary>
    /// <exception cref="JsonException">The text is no list of fields.</exception>
    public static IReadOnlyList<ItemField> Parse(string json) => JsonSerializer.Deserialize<List<ItemField>>(json, s_json) ?? [];

    /// <summary>What the written fields hold where one of them is personal, and never otherwise: quotes in a name are escaped.</summary>
    internal const string WrittenSensitive = "\"sensitive\":true";

    /// <summary>Writes fields as <see cref="ItemType.Fields"/> holds them.</summary>
    public static string Write(IEnumerable<ItemField> fields) => JsonSerializer.Serialize(fields, s_json);
}
