using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Why a case was flagged, for whoever reads it and is about to look at its media.</summary>
public static class FlaggedWords
{
    /// <summary>Who reported it and for what, else where it came from.</summary>
    public static string Of(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string[] reasons = [.. file.Reports.GroupBy(report => report.PolicyName).Where(group => group.Key is not null)
            .OrderByDescending(group => group.Count()).Select(group => group.Key!)];
        if (file.Reports.Count == 0)
        {
            return Of(file.Source);
        }

        int people = file.Reports.Select(report => report.ReporterId).Distinct(StringComparer.Ordinal).Count();
        string who = Figures.Count(people, DeskText.WhyOnePerson, DeskText.WhyPeople);
        return reasons.Length == 0 ? $"{who}." : DeskText.WhyReportedFor.With(who, string.Join(", ", reasons));
    }

    private static string Of(CaseSource source) => source switch
    {
        CaseSource.Item => DeskText.WhyItem,
        CaseSource.Import => DeskText.WhyImport,
        CaseSource.Moderator => DeskText.WhyModerator,
        CaseSource.Rule => DeskText.WhyRule,
        CaseSource.Appeal => DeskText.WhyAppeal,
        CaseSource.Report => DeskText.WhyReport,
        CaseSource.Notice => DeskText.WhyNotice,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
