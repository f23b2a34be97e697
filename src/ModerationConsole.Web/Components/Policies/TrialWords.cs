using ModerationConsole.Core.Quality.Statistics;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Web.Components.Quality;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>What would change by a draft, in words.</summary>
public static class TrialWords
{
    /// <summary>The share with its interval; it is about a policy and no person, so that few are shown too, with how many.</summary>
    public static string Share(Figure share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share.Value is { } value ? PoliciesText.TrialShare.With(PlanWords.Percent(value), Range(share)) : PoliciesText.TrialUnknown;
    }

    /// <summary>The interval.</summary>
    public static string Range(Figure share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share is { Low: { } low, High: { } high } ? PoliciesText.TrialFromTo.With(PlanWords.Percent(low), PlanWords.Percent(high)) : PoliciesText.TrialUnknown;
    }

    /// <summary>How many it rests on.</summary>
    public static string Counts(TrialJudge judge, int drawn)
    {
        ArgumentNullException.ThrowIfNull(judge);
        string?[] parts =
        [
            PoliciesText.TrialCounts.With(judge.Judged, drawn, judge.Unsure),
            judge.Partly && judge.Share.Value is not null ? PoliciesText.TrialPartly : null,
            judge.Older == 0 ? null : PoliciesText.TrialOlder.With(judge.Older),
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    /// <summary>A group of decisions.</summary>
    public static string Of(TrialGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Verdict is { } verdict ? $"{ResultWords.Of(verdict)}, {group.Language ?? PoliciesText.TrialNoLanguage}" : PoliciesText.TrialRest;
    }

    /// <summary>What it would be.</summary>
    public static string Of(TrialAnswer answer) => answer switch
    {
        TrialAnswer.Same => PoliciesText.AnswerSame,
        TrialAnswer.Unsure => PoliciesText.AnswerUnsure,
        TrialAnswer.WouldAllow => PoliciesText.AnswerAllow,
        TrialAnswer.WouldViolate => PoliciesText.AnswerViolate,
        TrialAnswer.OtherPolicy => PoliciesText.AnswerOtherPolicy,
        TrialAnswer.OtherActions => PoliciesText.AnswerOtherActions,
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };
}
