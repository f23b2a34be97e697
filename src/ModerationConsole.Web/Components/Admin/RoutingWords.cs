using ModerationConsole.Core.Cases;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Conditions of the routing in plain words.</summary>
public static class RoutingWords
{
    /// <summary>What made a case.</summary>
    public static string Of(CaseSource source) => source switch
    {
        CaseSource.Item => AdminText.SourceItem,
        CaseSource.Report => AdminText.SourceReport,
        CaseSource.Appeal => AdminText.SourceAppeal,
        CaseSource.Import => AdminText.SourceImport,
        CaseSource.Moderator => AdminText.SourceModerator,
        CaseSource.Rule => AdminText.SourceRule,
        CaseSource.Notice => AdminText.SourceNotice,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
