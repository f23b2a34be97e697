using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Roles as people read them.</summary>
public static class RoleWords
{
    /// <summary>"Quality reviewer" for <c>QualityReviewer</c>; a role that was made here is called as it is named.</summary>
    public static string Of(string role) => role switch
    {
        Roles.Moderator => SharedText.RoleModerator,
        Roles.Lead => SharedText.RoleLead,
        Roles.QualityReviewer => SharedText.RoleQualityReviewer,
        Roles.PolicyExpert => SharedText.RolePolicyExpert,
        Roles.Analyst => SharedText.RoleAnalyst,
        Roles.Auditor => SharedText.RoleAuditor,
        Roles.Admin => SharedText.RoleAdmin,
        _ => role,
    };

    /// <summary>What a standing role is for, in a sentence; nothing for any other name.</summary>
    public static string About(string role) => role switch
    {
        Roles.Moderator => SharedText.RoleAboutModerator,
        Roles.Lead => SharedText.RoleAboutLead,
        Roles.QualityReviewer => SharedText.RoleAboutQualityReviewer,
        Roles.PolicyExpert => SharedText.RoleAboutPolicyExpert,
        Roles.Analyst => SharedText.RoleAboutAnalyst,
        Roles.Auditor => SharedText.RoleAboutAuditor,
        Roles.Admin => SharedText.RoleAboutAdmin,
        _ => "",
    };
}
