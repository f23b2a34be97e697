using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Home;

/// <summary>Where a person's work is.</summary>
public static class Desk
{
    /// <summary>Address of the page a person begins on; null when there is none for what they may do.</summary>
    public static string? Of(Myself me)
    {
        ArgumentNullException.ThrowIfNull(me);
        bool Is(string role) => me.Roles.Contains(role);
        return me.Permissions switch
        {
            // Leads may review too, but their work begins with what waits for whom.
            var may when (Is(Roles.Lead) || Is(Roles.Analyst)) && may.Contains(Permission.ViewQueues) => "queues",
            var may when may.Contains(Permission.ReviewCases) => "review",
            var may when may.Contains(Permission.ViewAudit) => "audit",
            var may when may.Contains(Permission.ManagePeople) => "admin/people",
            var may when may.Contains(Permission.ViewCases) => "cases",
            var may when may.Contains(Permission.ViewPolicies) => "policies",
            _ => null,
        };
    }
}
