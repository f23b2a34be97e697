using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Turns an item's data into fields to read. What is personal leaves as a mask; its value only <see cref="UnmaskField"/> gives out.</summary>
internal static class DeskFields
{
    public static IReadOnlyList<DeskField> Of(ItemType type, ItemVersion item) =>
        [.. ItemFields.Of(type.Fields, item.Data).Select(field => new DeskField(
            field.Name, field.Type, field.Role, field.Sensitive, field.Sensitive ? [DeskField.Mask] : field.Values))];

    /// <summary>The first value of the field with a role, e.g. an account's display name; null where it is personal.</summary>
    public static string? ValueOf(ItemType type, ItemVersion item, FieldRole role) =>
        Of(type, item).FirstOrDefault(field => field.Role == role && !field.Sensitive)?.Values[0];
}
