using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What commands about roles refuse, by field and in words; null where they did what was asked.</summary>
public static class RoleProblems
{
    /// <summary>Why a role could not be made, changed or retired.</summary>
    public static (string Field, string Message)? Of(OwnRoleResult result) => result switch
    {
        OwnRoleResult.Saved => null,
        OwnRoleResult.UnknownRole => ("", AdminText.Missing),
        OwnRoleResult.InvalidName => ("role-name", RolesText.NameInvalid),
        OwnRoleResult.NameTaken => ("role-name", RolesText.NameTaken),
        OwnRoleResult.InvalidDescription => ("role-description", RolesText.DescriptionInvalid),
        OwnRoleResult.NoPermission => ("role-permissions", RolesText.NoPermission),
        OwnRoleResult.NotGrantable => ("role-permissions", RolesText.NotGrantable),
        OwnRoleResult.Apart => ("role-permissions", RolesText.Apart),
        OwnRoleResult.HeldByOneself => ("", RolesText.HeldByOneself),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
