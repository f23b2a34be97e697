using ModerationConsole.Core.Access;
using ModerationConsole.Web.Components.Audit;
using ModerationConsole.Web.Components.Cases;
using ModerationConsole.Web.Components.Wellbeing;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>A page of the administration.</summary>
/// <param name="Href">Its address.</param>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is for, in a sentence.</param>
/// <param name="Permission">What opens it.</param>
public sealed record AdminEntry(string Href, string Name, string About, Permission Permission)
{
    /// <summary>Every page, in order.</summary>
    public static IReadOnlyList<AdminEntry> All =>
    [
        new("admin/people", AdminText.People, AdminText.PeopleAbout, Permission.ManagePeople),
        new("admin/roles", RolesText.Title, RolesText.About, Permission.ManagePeople),
        new("admin/reviews", AccessText.Title, AccessText.About, Permission.ReviewAccess),
        new("admin/glass", GlassText.Title, GlassText.About, Permission.BreakGlass),
        new("admin/clocks", NoticesText.Title, NoticesText.About, Permission.ViewNotices),
        new("admin/approvals", BulkText.ApprovalsTitle, BulkText.ApprovalsAbout, Permission.ApproveBulk),
        new("admin/queues", AdminText.Queues, AdminText.QueuesAbout, Permission.ManageQueues),
        new("admin/types", AdminText.Types, AdminText.TypesAbout, Permission.ManageItemTypes),
        new("admin/actions", AdminText.Actions, AdminText.ActionsAbout, Permission.ManageActions),
        new("admin/shifts", WellbeingText.PlansTitle, WellbeingText.PlansAbout, Permission.PlanShifts),
        new("admin/keys", AdminText.Keys, AdminText.KeysAbout, Permission.ManageKeys),
        new("admin/deliveries", AdminText.Deliveries, AdminText.DeliveriesAbout, Permission.ViewDeliveries),
        new("admin/retention", RetentionText.Title, RetentionText.About, Permission.ManageRetention),
    ];
}
