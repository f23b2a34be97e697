using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Roles as people read them.</summary>
public static class RoleWords
{
    /// <summary>"Quality reviewer" for <c>QualityReviewer</c>.</summary>
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
}
