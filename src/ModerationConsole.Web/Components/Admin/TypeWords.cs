using System.Globalization;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Item types and their fields in plain words.</summary>
public static class TypeWords
{
    /// <summary>What a type describes.</summary>
    public static string Of(ItemKind kind) => kind switch
    {
        ItemKind.Content => AdminText.KindContent,
        ItemKind.User => AdminText.KindUser,
        ItemKind.Thread => AdminText.KindThread,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>How items must be handled.</summary>
    public static string Of(Sensitivity sensitivity) => sensitivity switch
    {
        Sensitivity.Ordinary => AdminText.SensitivityOrdinary,
        Sensitivity.Severe => AdminText.SensitivitySevere,
        Sensitivity.ChildSafety => AdminText.SensitivityChildSafety,
        _ => throw new ArgumentOutOfRangeException(nameof(sensitivity)),
    };

    /// <summary>Type of a field. Each has words; a test says so.</summary>
    public static string Of(FieldType type) => AdminText.ResourceManager.GetString($"Field{type}", CultureInfo.CurrentUICulture) ?? type.ToString();

    /// <summary>What a field means. Each has words; a test says so.</summary>
    public static string Of(FieldRole role) => AdminText.ResourceManager.GetString($"Role{role}", CultureInfo.CurrentUICulture) ?? role.ToString();

    /// <summary>Why a field is refused.</summary>
    public static string Of(FieldProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        string what = problem.Kind switch
        {
            FieldProblemKind.NameInvalid => AdminText.FieldNameInvalid,
            FieldProblemKind.NameTwice => AdminText.FieldNameTwice,
            FieldProblemKind.RoleUnfit => AdminText.FieldRoleUnfit,
            FieldProblemKind.SensitiveUnfit => AdminText.FieldSensitiveUnfit,
            FieldProblemKind.RoleTwice => AdminText.FieldRoleTwice,
            FieldProblemKind.TooMany => AdminText.FieldTooMany,
            _ => throw new ArgumentOutOfRangeException(nameof(problem)),
        };
        return problem.Field.Length == 0 ? what : $"“{problem.Field}”: {what}";
    }
}
