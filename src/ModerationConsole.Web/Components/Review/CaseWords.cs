using System.Globalization;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What the desk says about a case, in the field's plain words.</summary>
public static class CaseWords
{
    /// <summary>"Post 48 213".</summary>
    public static string Title(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return $"{about.Item.TypeName} {(about.CaseNumber ?? about.TaskNumber).Thin()}";
    }

    /// <summary>"Severe · Threats"; null where nothing is known.</summary>
    public static string? Gravity(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        string? how = about.Sensitivity == Sensitivity.ChildSafety ? DeskText.ChildSafety
            : about.Sensitivity == Sensitivity.Severe ? DeskText.SeveritySevere
            : Name(about.Severity);
        string? why = about.Reports.GroupBy(report => report.PolicyName).Where(group => group.Key is not null)
            .OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        return (how, why) switch
        {
            (null, _) => why,
            (_, null) => how,
            _ => $"{how} · {why}",
        };
    }

    /// <summary>Whether the case is among those that harm.</summary>
    public static bool IsSevere(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return about.Sensitivity != Sensitivity.Ordinary || about.Severity == Severity.Severe;
    }

    /// <summary>"Due in 42 min", "Overdue by 3 h".</summary>
    public static string Due(DateTimeOffset due, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return (due >= moment.Now ? DeskText.DueIn : DeskText.Overdue).With(Moment.Span((due - moment.Now).Duration()));
    }

    /// <summary>"English · 3 h old".</summary>
    public static string Meta(DeskCase about, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(moment);
        TimeSpan age = moment.Now - (about.Item.CreatedAt ?? about.OpenedAt);
        string old = DeskText.Old.With(Moment.Span(age < TimeSpan.Zero ? TimeSpan.Zero : age));
        return $"{Language(about.Language) ?? DeskText.LanguageUnknown} · {old}";
    }

    /// <summary>A language's name; the tag itself where it has none.</summary>
    public static string? Language(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return null;
        }

        try
        {
            CultureInfo culture = CultureInfo.GetCultureInfo(tag);
            // A tag that is well formed but names no language is shown as it came.
            return culture.ThreeLetterWindowsLanguageName == "ZZZ" && culture.EnglishName.StartsWith("Unknown", StringComparison.Ordinal) ? tag : culture.EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>"New account" in its first week, "young account" in its first month; null later.</summary>
    public static string? AccountAge(DateTimeOffset made, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        // The marks that Ozone, the Bluesky team's console, draws beside authors.
        return (moment.Now - made).TotalDays switch
        {
            <= 7 => DeskText.AccountNew,
            <= 30 => DeskText.AccountYoung,
            _ => null,
        };
    }

    /// <summary>Why it is here, in a few sentences: what brought it, who says so and whether they are usually right.</summary>
    public static string Why(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        List<string> sentences = [];
        if (about.CaseVersion > 1)
        {
            sentences.Add(DeskText.WhyReopened);
        }

        sentences.Add(about.Kind switch
        {
            TaskKind.Expert => DeskText.WhyExpert,
            TaskKind.Appeal => DeskText.WhyAppeal,
            TaskKind.First or TaskKind.Second or TaskKind.Qa or TaskKind.Golden or TaskKind.Calibration or TaskKind.Adjudication => Origin(about),
            _ => throw new ArgumentOutOfRangeException(nameof(about)),
        });
        return string.Join(' ', sentences);
    }

    /// <summary>A verdict's name.</summary>
    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Allow => DeskText.VerdictAllow,
        Verdict.Violation => DeskText.VerdictViolation,
        Verdict.CannotReview => DeskText.VerdictCannotReview,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>What became of a comment.</summary>
    public static string Of(CommentOutcome outcome) => outcome switch
    {
        CommentOutcome.Written => DeskText.CommentWritten,
        CommentOutcome.Empty => DeskText.CommentEmpty,
        CommentOutcome.TooLong => DeskText.CommentTooLong,
        CommentOutcome.NoCase => DeskText.CommentNoCase,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>A severity's name; null for none.</summary>
    public static string? Name(Severity severity) => severity switch
    {
        Severity.None => null,
        Severity.Low => DeskText.SeverityLow,
        Severity.Medium => DeskText.SeverityMedium,
        Severity.High => DeskText.SeverityHigh,
        Severity.Severe => DeskText.SeveritySevere,
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    // What the platform's users say comes first, unless a rule brought it before anyone did.
    private static string Origin(DeskCase about)
    {
        string grounds = string.Join(' ', about.Grounds.Select(Of));
        string people = about.Reports.Count == 0 ? "" : People(about);
        string[] sentences = about.Source == CaseSource.Rule ? [grounds, people] : [people, grounds];
        string told = string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
        return told.Length > 0 ? told : about.Source switch
        {
            CaseSource.Item => DeskText.WhyItem,
            CaseSource.Import => DeskText.WhyImport,
            CaseSource.Moderator => DeskText.WhyModerator,
            CaseSource.Rule => DeskText.WhyRule,
            CaseSource.Appeal => DeskText.WhyAppeal,
            CaseSource.Report => DeskText.WhyReport,
            CaseSource.Notice => DeskText.WhyNotice,
            _ => throw new ArgumentOutOfRangeException(nameof(about)),
        };
    }

    private static string Of(CaseGround ground) => ground.Kind switch
    {
        GroundKind.Rule => ground.Detail is null ? DeskText.WhyRuleNamed.With(ground.Name) : DeskText.WhyRuleDetail.With(ground.Name, ground.Detail),
        GroundKind.Signal => ground.Detail is null ? DeskText.WhySignalNamed.With(ground.Name) : DeskText.WhySignalDetail.With(ground.Name, ground.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(ground)),
    };

    private static string People(DeskCase about)
    {
        int people = about.Reports.DistinctBy(report => (report.ReporterTypeId, report.ReporterId)).Count();
        string[] reasons = [.. about.Reports.GroupBy(report => report.PolicyName).Where(group => group.Key is not null)
            .OrderByDescending(group => group.Count()).Select(group => group.Key!)];
        string who = Figures.Count(people, DeskText.WhyOnePerson, DeskText.WhyPeople);
        string reported = reasons.Length == 0 ? $"{who}." : DeskText.WhyReportedFor.With(who, string.Join(", ", reasons));
        string standing = ReporterWords.Of(about.Reports);
        return standing.Length == 0 ? reported : $"{reported} {standing}";
    }
}
