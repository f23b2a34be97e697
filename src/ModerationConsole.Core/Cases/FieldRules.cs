using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Why a field of an item type is wrong.</summary>
public enum FieldProblemKind
{
    /// <summary>The name is empty, too long or holds control characters.</summary>
    NameInvalid,

    /// <summary>Two fields have one name.</summary>
    NameTwice,

    /// <summary>The role does not go with the type of the field.</summary>
    RoleUnfit,

    /// <summary>What the console itself goes by cannot be masked.</summary>
    SensitiveUnfit,

    /// <summary>Two fields have one role.</summary>
    RoleTwice,

    /// <summary>More fields than a type may have.</summary>
    TooMany,
}

/// <summary>A field that is wrong.</summary>
public sealed record FieldProblem(FieldProblemKind Kind, string Field);

/// <summary>What the fields of an item type must keep to.</summary>
public static class FieldRules
{
    /// <summary>Most fields of one type.</summary>
    public const int MaxFields = 200;

    /// <summary>The first problem of the fields, or null.</summary>
    public static FieldProblem? Check(IReadOnlyList<ItemField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count > MaxFields)
        {
            return new FieldProblem(FieldProblemKind.TooMany, "");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        HashSet<FieldRole> roles = [];
        foreach (ItemField field in fields)
        {
            if (string.IsNullOrWhiteSpace(field.Name) || field.Name.Length > TextLength.Id || field.Name.Any(char.IsControl))
            {
                return new FieldProblem(FieldProblemKind.NameInvalid, field.Name ?? "");
            }

            if (!names.Add(field.Name))
            {
                return new FieldProblem(FieldProblemKind.NameTwice, field.Name);
            }

            if (!Fits(field))
            {
                return new FieldProblem(FieldProblemKind.RoleUnfit, field.Name);
            }

            if (field.Sensitive && !ItemFields.IsRead(field))
            {
                return new FieldProblem(FieldProblemKind.SensitiveUnfit, field.Name);
            }

            if (field.Role != FieldRole.None && !roles.Add(field.Role))
            {
                return new FieldProblem(FieldProblemKind.RoleTwice, field.Name);
            }
        }

        return null;
    }

    /// <summary>A problem when the fields do not fit where they are kept.</summary>
    public static FieldProblem? CheckLength(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return written.Length > TextLength.Text ? new FieldProblem(FieldProblemKind.TooMany, "") : null;
    }

    private static bool Fits(ItemField field) => field.Role switch
    {
        FieldRole.None => true,
        FieldRole.Creator or FieldRole.Thread or FieldRole.Parent =>
            !field.Many && field.Type is FieldType.UserId or FieldType.RelatedItem or FieldType.Id or FieldType.String,
        FieldRole.CreatedAt => !field.Many && field.Type == FieldType.Datetime,
        FieldRole.Language => !field.Many && field.Type == FieldType.String,
        FieldRole.DisplayName or FieldRole.Transcript or FieldRole.OcrText or FieldRole.Translation => field.Type == FieldType.String,
        FieldRole.ProfileIcon => !field.Many && field.Type is FieldType.Image or FieldType.Media,
        FieldRole.IpAddress => field.Type == FieldType.IpAddress,
        FieldRole.Email => field.Type == FieldType.EmailAddress,
        FieldRole.IsDeleted => !field.Many && field.Type == FieldType.Boolean,
        FieldRole.Url => !field.Many && field.Type == FieldType.Url,
    };
}
