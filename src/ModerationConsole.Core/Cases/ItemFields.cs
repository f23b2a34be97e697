using System.Text.Json;

namespace ModerationConsole.Core.Cases;

/// <summary>A field of an item with its values as text, exactly as the platform sent them: hostile until it is encoded.</summary>
/// <param name="Name">Key in the item's data.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Role">What it means.</param>
/// <param name="Sensitive">Personal data.</param>
/// <param name="Values">At least one.</param>
public sealed record ItemFieldValues(string Name, FieldType Type, FieldRole Role, bool Sensitive, IReadOnlyList<string> Values);

/// <summary>Turns an item's data into fields to read.</summary>
public static class ItemFields
{
    /// <summary>What there is to read, in the schema's order; media, and what the head of a case says anyway, are left out.</summary>
    public static IReadOnlyList<ItemFieldValues> Of(string schema, string data)
    {
        using JsonDocument document = JsonDocument.Parse(data);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        List<ItemFieldValues> fields = [];
        foreach (ItemField field in ItemSchema.Parse(schema).Where(IsRead))
        {
            if (document.RootElement.TryGetProperty(field.Name, out JsonElement value) && Values(value) is { Count: > 0 } values)
            {
                fields.Add(new ItemFieldValues(field.Name, field.Type, field.Role, field.Sensitive, values));
            }
        }

        return fields;
    }

    /// <summary>The beginning of what may be met without being asked for: its texts, without what is personal.</summary>
    internal static string Excerpt(string schema, string data, int length)
    {
        string text = string.Join('\n', Of(schema, data).Where(field => field is { Type: FieldType.String, Sensitive: false }).SelectMany(field => field.Values));
        return text.Length <= length ? text : text[..length];
    }

    // Media is shown by the gated component; the rest of these stand in the head of the case and in the context.
    internal static bool IsRead(ItemField field) =>
        field.Type is not (FieldType.Image or FieldType.Video or FieldType.Audio or FieldType.Media or FieldType.RelatedItem or FieldType.UserId)
        && field.Role is not (FieldRole.Creator or FieldRole.Thread or FieldRole.Parent or FieldRole.CreatedAt or FieldRole.Language
            or FieldRole.ProfileIcon or FieldRole.IsDeleted);

    private static List<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Values)],
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? [text] : [],
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.Object or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
