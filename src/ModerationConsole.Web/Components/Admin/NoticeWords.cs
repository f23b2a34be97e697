using System.Globalization;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Notices;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Legal notices, their clocks and what is to be expected of them, in words.</summary>
public static class NoticeWords
{
    /// <summary>"Germany" for DE; the code itself where it has no name.</summary>
    public static string Place(string jurisdiction)
    {
        if (jurisdiction == "EU")
        {
            return NoticesText.EU;
        }

        try
        {
            return new RegionInfo(jurisdiction).EnglishName is { Length: > 2 } name && !name.StartsWith("Unknown", StringComparison.Ordinal) ? name : jurisdiction;
        }
        catch (ArgumentException)
        {
            return jurisdiction;
        }
    }

    /// <summary>What sort of notice it is.</summary>
    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Order => NoticesText.KindOrder,
        NoticeKind.Notice => NoticesText.KindNotice,
        NoticeKind.TrustedFlagger => NoticesText.KindTrustedFlagger,
        NoticeKind.Request => NoticesText.KindRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>How a clock stands: "Half over", "Late", "In time".</summary>
    public static string State(ClockRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Met switch
        {
            true => NoticesText.StateMet,
            false => NoticesText.StateMissed.With(Moment.Span(row.StoppedAt!.Value - row.DueAt)),
            null => row.Share switch
            {
                >= 1 => NoticesText.StateLate,
                >= 0.8 => NoticesText.StateNearly,
                >= 0.5 => NoticesText.StateHalf,
                _ => NoticesText.StateRunning,
            },
        };
    }

    /// <summary>Class of the chip that says it.</summary>
    public static string? Chip(ClockRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Met == true ? "chip-ok" : row.Met == false || row.Share >= 0.8 ? "chip-due" : null;
    }

    /// <summary>"45 %" of its time.</summary>
    public static string Share(ClockRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return NoticesText.Percent.With((int)Math.Min(9_999, Math.Floor(row.Share * 100)));
    }

    /// <summary>What is to be expected: when it will be taken, and whether that is in time.</summary>
    public static string Forecast(ClockRow row, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(moment);
        BreachForecast forecast = row.Forecast;
        string away = forecast.DoneAt is { } done ? Moment.Span((done - row.DueAt).Duration()) : "";
        string taken = forecast.TakenAt is { } at ? Moment.Span(at > moment.Now ? at - moment.Now : TimeSpan.Zero) : "";
        return (forecast.Kind, forecast.TakenAt) switch
        {
            (ForecastKind.InTime, null) => NoticesText.ForecastInHand.With(away),
            (ForecastKind.InTime, { } next) when next - moment.Now < TimeSpan.FromMinutes(1) => NoticesText.ForecastNext.With(away),
            (ForecastKind.InTime, _) => NoticesText.ForecastInTime.With(taken, away),
            (ForecastKind.Late, null) => forecast.DoneAt is null ? NoticesText.ForecastOver : NoticesText.ForecastLateInHand.With(away),
            (ForecastKind.Late, _) => NoticesText.ForecastLate.With(taken, away),
            (ForecastKind.NobodyAtWork, _) => NoticesText.ForecastNobodyAtWork,
            (ForecastKind.NobodyMayTake, _) => NoticesText.ForecastNobody,
            (ForecastKind.NothingWaits, _) => NoticesText.ForecastNothing,
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        };
    }

    /// <summary>Length of a clock and who sets it: "1 h, set by law".</summary>
    public static string Clock(int minutes, bool byLaw) => (byLaw ? NoticesText.ClockLaw : NoticesText.ClockOwn).With(Moment.Span(TimeSpan.FromMinutes(minutes)));

    /// <summary>What a sender was told, in a sentence.</summary>
    public static string Of(NoticeFinding finding) => finding switch
    {
        NoticeFinding.ActedOn => NoticesText.FindingActedOn,
        NoticeFinding.ActedOnInPart => NoticesText.FindingActedOnInPart,
        NoticeFinding.NotActedOn => NoticesText.FindingNotActedOn,
        NoticeFinding.NotJudged => NoticesText.FindingNotJudged,
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    /// <summary>Why people were told of a clock.</summary>
    public static string Of(ClockAlertKind kind) => kind switch
    {
        ClockAlertKind.HalfGone => NoticesText.AlertHalf,
        ClockAlertKind.NearlyGone => NoticesText.AlertNearly,
        ClockAlertKind.Breached => NoticesText.AlertBreached,
        ClockAlertKind.NobodyMayTake => NoticesText.AlertNobody,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What was found about one thing: "Violation · Spam 1.1 · illegal content".</summary>
    public static string Found(NoticedItemView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Verdict is not { } verdict)
        {
            return item.Outcome == NoticeOutcome.Gone ? NoticesText.Gone : NoticesText.Waits;
        }

        string?[] parts =
        [
            CaseWords.Name(verdict),
            item.PolicyName is null ? null : $"{item.PolicyName} {item.PolicyCode}",
            (verdict, item.Ground) switch
            {
                (Verdict.Violation, DecisionGround.Illegal) => NoticesText.GroundIllegal,
                (Verdict.Violation, DecisionGround.Terms) => NoticesText.GroundTerms,
                _ => null,
            },
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    /// <summary>That a legal notice asks for a case: type, basis, place, sender.</summary>
    public static string Why(CaseNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Sender.Length == 0
            ? NoticesText.WhyLast.With(notice.TypeName, notice.Basis, Place(notice.Jurisdiction))
            : NoticesText.Why.With(notice.TypeName, notice.Basis, Place(notice.Jurisdiction), notice.Sender);
    }
}
