using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Routing;

/// <summary>Whether a case meets a row of the routing table.</summary>
internal static class RoutingMatch
{
    /// <summary>True when every condition that the row names holds.</summary>
    public static bool Holds(RoutingRow row, Case about, ItemVersion item, IReadOnlyCollection<string> reportedPolicies) =>
        (row.ItemTypeId is null || row.ItemTypeId == item.TypeId)
        && (row.PolicyId is null || reportedPolicies.Contains(row.PolicyId))
        && (row.Source is null || row.Source == about.Source)
        && (row.MinSeverity is null || about.Severity >= row.MinSeverity)
        && (row.Language is null || Covers(row.Language, about.Language));

    /// <summary>Whether a language tag is the wanted one or a variant of it: <c>pt</c> covers <c>pt-BR</c>, not the other way round.</summary>
    internal static bool Covers(string wanted, string? tag) =>
        tag is not null
        && tag.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
        && (tag.Length == wanted.Length || tag[wanted.Length] is '-' or '_');
}
