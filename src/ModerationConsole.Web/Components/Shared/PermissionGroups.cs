using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>What roles may include, in the groups and the order in which people read it.</summary>
public static class PermissionGroups
{
    /// <summary>Each group with its title. Opening the console is in none: every role includes it.</summary>
    public static IReadOnlyList<(string Id, string Title, IReadOnlyList<Permission> Permissions)> All =>
    [
        ("review", SharedText.PermissionsReview, [Permission.ReviewCases, Permission.KeepOwnShift, Permission.ViewCases, Permission.RevealMedia, Permission.ActInBulk, Permission.ApproveBulk]),
        ("queues", SharedText.PermissionsQueues, [Permission.ViewQueues, Permission.ReassignTasks, Permission.ViewTeamWellbeing, Permission.MuteReporters]),
        ("experts", SharedText.PermissionsExperts,
        [
            Permission.RuleOnEscalations, Permission.ViewEscalations, Permission.HearAppeals, Permission.ViewAppeals, Permission.EnterNotices, Permission.ViewNotices,
        ]),
        ("policies", SharedText.PermissionsPolicies, [Permission.ViewPolicies, Permission.EditPolicies, Permission.EditRules]),
        ("quality", SharedText.PermissionsQuality, [Permission.RunQuality, Permission.ReviewQuality, Permission.AdjudicateQuality]),
        ("oversight", SharedText.PermissionsOversight, [Permission.ViewInsights, Permission.ViewDeliveries, Permission.ViewAudit, Permission.HandleAlarms, Permission.ReviewAccess]),
        ("running", SharedText.PermissionsRunning,
        [
            Permission.ManagePeople, Permission.ManageKeys, Permission.ManageQueues, Permission.ManageItemTypes, Permission.ManageActions, Permission.ReplayDeliveries,
            Permission.PlanShifts, Permission.ManageRetention, Permission.BreakGlass,
        ]),
    ];
}
