using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What people-related commands refuse, by field and in words; null where they did what was asked.</summary>
public static class AdminProblems
{
    /// <summary>Why a person could not be added.</summary>
    public static (string Field, string Message)? Of(AddPersonResult result) => result switch
    {
        AddPersonResult.Added => null,
        AddPersonResult.InvalidEmail => ("person-email", AdminText.EmailInvalid),
        AddPersonResult.EmailTaken => ("person-email", AdminText.EmailTaken),
        AddPersonResult.InvalidDetails => ("person-name", AdminText.DetailsInvalid),
        AddPersonResult.UnknownRole => ("person-roles", AdminText.RoleUnknown),
        AddPersonResult.Apart => ("person-roles", AdminText.RolesApart),
        AddPersonResult.UnknownTeam => ("person-team", AdminText.TeamUnknown),
        AddPersonResult.ProveFirst => ("", ProofText.NotProved),
        AddPersonResult.PasswordRefused => ("", SharedText.SaveFailed),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <summary>Why a person could not be changed.</summary>
    public static (string Field, string Message)? Of(PersonOutcome outcome) => outcome switch
    {
        PersonOutcome.Done or PersonOutcome.Asked => null,
        PersonOutcome.UnknownPerson => ("", AdminText.Missing),
        PersonOutcome.Oneself => ("person-roles", AdminText.OneselfHelp),
        PersonOutcome.LastAdmin => ("person-roles", AdminText.LastAdmin),
        PersonOutcome.NotGrantable => ("person-roles", AdminText.RoleUnknown),
        PersonOutcome.ProveFirst => ("", ProofText.NotProved),
        PersonOutcome.Apart => ("person-roles", AdminText.RolesApart),
        PersonOutcome.Invalid => ("person-name", AdminText.DetailsInvalid),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why a team could not be saved.</summary>
    public static (string Field, string Message)? Of(SaveTeamResult result) => result switch
    {
        SaveTeamResult.Saved => null,
        SaveTeamResult.UnknownTeam => ("", AdminText.Missing),
        SaveTeamResult.InvalidName => ("team-name", AdminText.TeamNameInvalid),
        SaveTeamResult.NameTaken => ("team-name", AdminText.TeamNameTaken),
        SaveTeamResult.UnknownLead => ("team-lead", AdminText.Missing),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
