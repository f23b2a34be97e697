using System.Text.Json;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Turns an item's data into fields to read.</summary>
internal static class DeskFields
{
    public static IReadOnlyList<DeskField> Of(ItemType type, ItemVersion item)
    {
        using JsonDocument data = JsonDocument.Parse(item.Data);
        if (data.RootElement.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        List<DeskField> fields = [];
        foreach (ItemField field in ItemSchema.Parse(type.Fields).Where(IsRead))
        {
            if (data.RootElement.TryGetProperty(field.Name, out JsonElement value) && Values(value) is { Count: > 0 } values)
            {
                fields.Add(new DeskField(field.Name, field.Type, field.Role, field.Sensitive, values));
            }
        }

        return fields;
    }

    /// <summary>The first value of the field with a role, e.g. an account's display name.</summary>
    public static string? ValueOf(ItemType type, ItemVersion item, FieldRole role) =>
        Of(type, item).FirstOrDefault(field => field.Role == role)?.Values[0];

    // Media is shown by the gated component; the rest of these stand in the head of the case and in the context.
    private static bool IsRead(ItemField field) =>
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
