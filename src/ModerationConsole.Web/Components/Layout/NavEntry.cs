using ModerationConsole.Core.Access;
using ModerationConsole.Web.Components.Admin;
using ModerationConsole.Web.Components.Quality;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>A page in the rail.</summary>
/// <param name="Href">Its address, relative to the base.</param>
/// <param name="Icon">Its drawing.</param>
/// <param name="Text">Its name.</param>
/// <param name="AnyOf">One of these opens it.</param>
public sealed record NavEntry(string Href, string Icon, string Text, params Permission[] AnyOf)
{
    /// <summary>Every page that stands in the rail, in its order.</summary>
    public static IReadOnlyList<NavEntry> All =>
    [
        new("review", "review", ShellText.NavReview, Permission.ReviewCases),
        new("inbox", "inbox", ShellText.NavInbox, Permission.UseConsole),
        new("cases", "cases", ShellText.NavCases, Permission.ViewCases),
        new("queues", "queues", ShellText.NavQueues, Permission.ViewQueues),
        new(QualityEntry.Root, "quality", ShellText.NavQuality, [.. QualityEntry.All.Select(entry => entry.Permission).Distinct()]),
        new("escalations", "escalations", ShellText.NavEscalations, Permission.ReviewCases, Permission.ViewEscalations),
        new("appeals", "appeals", ShellText.NavAppeals, Permission.ViewAppeals),
        new("actors", "actors", ShellText.NavActors, Permission.ViewCases),
        new("policies", "policies", ShellText.NavPolicies, Permission.ViewPolicies),
        new("my-shift", "shift", ShellText.NavShift, Permission.KeepOwnShift),
        new("audit", "audit", ShellText.NavAudit, Permission.ViewAudit),
        new("admin", "admin", ShellText.NavAdmin, [.. AdminEntry.All.Select(entry => entry.Permission)]),
    ];

    /// <summary>The address at which someone with these permissions enters: the first page of quality that opens for them, else the page itself.</summary>
    public string DoorFor(IReadOnlySet<Permission> permissions) => Href == QualityEntry.Root
        ? QualityEntry.All.First(entry => permissions.Contains(entry.Permission)).Href
        : Href;

    /// <summary>Whether it may be opened by someone with these permissions.</summary>
    public bool OpensFor(IReadOnlySet<Permission> permissions) => AnyOf.Any(permissions.Contains);

    /// <summary>Whether a page, by its address relative to the base, stands at or below this one.</summary>
    public bool Holds(string address)
    {
        string path = address.Split('?', '#')[0].TrimEnd('/');
        return path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
    }
}
