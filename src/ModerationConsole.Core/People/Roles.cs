using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.People;

/// <summary>The standing roles and what each may do. Child safety is in none; it is given by person.</summary>
public static class Roles
{
    public const string Moderator = nameof(Moderator);
    public const string Lead = nameof(Lead);
    public const string QualityReviewer = nameof(QualityReviewer);
    public const string PolicyExpert = nameof(PolicyExpert);
    public const string Analyst = nameof(Analyst);
    public const string Auditor = nameof(Auditor);
    public const string Admin = nameof(Admin);

    private static readonly Dictionary<string, IReadOnlySet<Permission>> s_permissions = new(StringComparer.Ordinal)
    {
        [Moderator] = Set(Permission.UseConsole, Permission.KeepOwnShift, Permission.ReviewCases, Permission.ViewCases, Permission.ViewPolicies),
        [Lead] = Set(Permission.UseConsole, Permission.KeepOwnShift, Permission.ReviewCases, Permission.ViewCases, Permission.ViewPolicies,
            Permission.RevealMedia, Permission.ViewQueues, Permission.ReassignTasks, Permission.ActInBulk, Permission.ApproveBulk, Permission.RunQuality, Permission.AdjudicateQuality, Permission.HearAppeals, Permission.ViewAppeals, Permission.ViewNotices, Permission.EnterNotices, Permission.MuteReporters, Permission.ViewInsights, Permission.ViewDeliveries,
            Permission.ViewTeamWellbeing, Permission.ViewEscalations),
        [QualityReviewer] = Set(Permission.UseConsole, Permission.KeepOwnShift, Permission.ReviewCases, Permission.ViewCases, Permission.ViewPolicies, Permission.ReviewQuality),
        [PolicyExpert] = Set(Permission.UseConsole, Permission.KeepOwnShift, Permission.ReviewCases, Permission.ViewCases, Permission.ViewPolicies,
            Permission.RevealMedia, Permission.AdjudicateQuality, Permission.HearAppeals, Permission.ViewAppeals, Permission.ViewNotices, Permission.EnterNotices, Permission.MuteReporters, Permission.EditPolicies, Permission.RuleOnEscalations, Permission.ViewEscalations, Permission.ViewQueues, Permission.ActInBulk),
        [Analyst] = Set(Permission.UseConsole, Permission.ViewCases, Permission.ViewPolicies, Permission.ViewQueues,
            Permission.ViewAppeals, Permission.EditRules, Permission.ViewInsights, Permission.ViewDeliveries),
        [Auditor] = Set(Permission.UseConsole, Permission.ViewCases, Permission.ViewPolicies, Permission.ViewQueues,
            Permission.RevealMedia, Permission.ViewAppeals, Permission.ViewNotices, Permission.ViewInsights, Permission.ViewAudit, Permission.HandleAlarms, Permission.ReviewAccess, Permission.ViewDeliveries, Permission.ViewEscalations),
        [Admin] = Set(Permission.UseConsole, Permission.ViewPolicies, Permission.ViewQueues, Permission.ManageQueues,
            Permission.ManagePeople, Permission.ManageKeys, Permission.ManageItemTypes, Permission.ManageActions,
            Permission.ViewDeliveries, Permission.ReplayDeliveries, Permission.PlanShifts, Permission.ManageRetention, Permission.ApproveBulk, Permission.ReviewAccess, Permission.BreakGlass),
    };

    /// <summary>Permissions that no role includes and that are given to people one by one.</summary>
    public static IReadOnlySet<Permission> ByPerson { get; } = Set(Permission.ChildSafety);

    /// <summary>Names of the standing roles. Others may be made beside them (see <see cref="OwnRoles"/>).</summary>
    public static IReadOnlyCollection<string> All => s_permissions.Keys;

    /// <summary>What a role that is made here may include: what some standing role includes, so never child safety, nor what is for programs.</summary>
    public static IReadOnlyList<Permission> Combinable { get; } = [.. Enum.GetValues<Permission>().Where(permission => s_permissions.Values.Any(set => set.Contains(permission)))];

    /// <summary>What no standing role includes but that of administrators and that of auditors.</summary>
    public static IReadOnlySet<Permission> Powerful { get; } =
        Set([.. Combinable.Where(permission => s_permissions.Where(role => role.Value.Contains(permission)).All(role => role.Key is Admin or Auditor))]);

    /// <summary>What a standing role may do; nothing for any other name.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(string role) =>
        s_permissions.TryGetValue(role, out IReadOnlySet<Permission>? set) ? set : new HashSet<Permission>();

    private static HashSet<Permission> Set(params Permission[] permissions) => [.. permissions];
}
