using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What may be said of a reporter: words first, the counts and how sure they are beside them.</summary>
public static class ReporterWords
{
    /// <summary>"Reporter usually right: 41 of 46 upheld (77–95 %)".</summary>
    public static string Of(ReporterRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string standing = record.Standing switch
        {
            ReporterStanding.TooFew => record.Judged == 0 ? DeskText.ReporterNew : DeskText.ReporterTooFew,
            ReporterStanding.OftenWrong => DeskText.ReporterOftenWrong,
            ReporterStanding.Mixed => DeskText.ReporterMixed,
            ReporterStanding.UsuallyRight => DeskText.ReporterUsuallyRight,
            _ => throw new ArgumentOutOfRangeException(nameof(record)),
        };
        return record.Judged == 0 ? standing : DeskText.ReporterCounts.With(standing, record.Upheld, record.Judged, Range(record));
    }

    /// <summary>"3 of them are usually right."; empty where nothing can be said.</summary>
    public static string Of(IEnumerable<DeskReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ReporterStanding[] people = [.. reports.DistinctBy(report => (report.ReporterTypeId, report.ReporterId)).Select(report => report.Record.Standing)];
        int right = people.Count(standing => standing == ReporterStanding.UsuallyRight);
        int wrong = people.Count(standing => standing == ReporterStanding.OftenWrong);
        return string.Join(' ', new[]
        {
            Sentence(right, people.Length, DeskText.WhyRightOnly, DeskText.WhyRightOne, DeskText.WhyRightMany),
            Sentence(wrong, people.Length, DeskText.WhyWrongOnly, DeskText.WhyWrongOne, DeskText.WhyWrongMany),
        }.Where(sentence => sentence.Length > 0));
    }

    private static string Sentence(int count, int of, string only, string one, string many) =>
        count == 0 ? "" : of == 1 ? only : Figures.Count(count, one, many);

    // Where the true share lies with 95 % confidence.
    private static string Range(ReporterRecord record)
    {
        WilsonInterval share = WilsonInterval.Of(record.Upheld, record.Judged);
        return $"{(int)Math.Floor(share.Lower * 100)}–{(int)Math.Ceiling(share.Upper * 100)}";
    }
}
