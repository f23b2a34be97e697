using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Second;
using ModerationConsole.Web.Components.Shared;

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
        OwnRoleResult.SecondPerson => ("role-permissions", RolesText.SecondPerson),
        OwnRoleResult.ProveFirst => ("", ProofText.NotProved),
        OwnRoleResult.HeldByOneself => ("", RolesText.HeldByOneself),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <summary>What became of an answer to a role that was asked for.</summary>
    public static string Of(RoleRequestResult result, bool agreed) => result switch
    {
        RoleRequestResult.Answered => agreed ? RolesText.RequestGiven : RolesText.RequestRefused,
        RoleRequestResult.Gone => RolesText.RequestGone,
        RoleRequestResult.NotYours => RolesText.RequestNotYours,
        RoleRequestResult.AskerGone => RolesText.RequestAskerGone,
        RoleRequestResult.NotGrantable => RolesText.RequestNotGrantable,
        RoleRequestResult.ProveFirst => ProofText.NotProved,
        RoleRequestResult.Apart => AdminText.RolesApart,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
