using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Precedents in plain words.</summary>
public static class PrecedentWords
{
    /// <summary>Where one stands.</summary>
    public static string Of(PrecedentState state) => state switch
    {
        PrecedentState.InForce => PrecedentsText.InForce,
        PrecedentState.Superseded => PrecedentsText.Superseded,
        PrecedentState.Withdrawn => PrecedentsText.Withdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The chip of where one stands.</summary>
    public static string? Chip(PrecedentState state) => state switch
    {
        PrecedentState.InForce => "chip-ok",
        PrecedentState.Superseded => "chip-due",
        _ => null,
    };

    /// <summary>What was found and done: "Violation · Remove the post · Spam 5.1".</summary>
    public static string Outcome(PrecedentOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return string.Join(" · ", [CaseWords.Name(offer.Verdict), .. offer.Actions, $"{offer.PolicyName} {offer.PolicyCode}"]);
    }

    /// <summary>Why one is near: "Same text as case 41; reported under the same policy".</summary>
    public static string Why(PrecedentOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        string said = string.Join("; ", offer.Reasons.Select(reason => Why(reason, offer.CaseNumber)));
        return said.Length == 0 ? said : char.ToUpperInvariant(said[0]) + said[1..];
    }

    private static string Why(PrecedentReason reason, long? caseNumber) => reason.Link switch
    {
        PrecedentLink.SameContent => As(PrecedentsText.SameContent, PrecedentsText.SameContentOf, caseNumber),
        PrecedentLink.SameText => As(PrecedentsText.SameText, PrecedentsText.SameTextOf, caseNumber),
        PrecedentLink.NearText => As(PrecedentsText.NearText, PrecedentsText.NearTextOf, caseNumber),
        PrecedentLink.SameMedia => As(PrecedentsText.SameMedia, PrecedentsText.SameMediaOf, caseNumber),
        PrecedentLink.NearPicture => As(PrecedentsText.NearPicture, PrecedentsText.NearPictureOf, caseNumber),
        PrecedentLink.SameRule => PrecedentsText.SameRule.With(string.Join(", ", reason.Words)),
        PrecedentLink.SamePolicy => PrecedentsText.SamePolicy,
        PrecedentLink.Words => PrecedentsText.WordsInCommon.With(string.Join(", ", reason.Words)),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static string As(string alone, string named, long? caseNumber) => caseNumber is { } number ? named.With(number) : alone;

    /// <summary>Which field of the form is wrong, and how; nothing where it was saved.</summary>
    public static (string Field, string? Message) Refusal(PrecedentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            PrecedentOutcome.Saved => ("", null),
            PrecedentOutcome.TitleMissing => ("precedent-title", PrecedentsText.TitleMissing),
            PrecedentOutcome.FactsMissing => ("precedent-facts", PrecedentsText.FactsMissing),
            PrecedentOutcome.RuleMissing => ("precedent-rule", PrecedentsText.RuleMissing),
            PrecedentOutcome.ReasoningMissing => ("precedent-reasoning", PrecedentsText.ReasoningMissing),
            PrecedentOutcome.TooLong => ("", PrecedentsText.TooLong),
            PrecedentOutcome.TagsInvalid => ("precedent-tags", PrecedentsText.TagsInvalid),
            PrecedentOutcome.UnknownPolicy => ("precedent-policy", PrecedentsText.UnknownPolicy),
            PrecedentOutcome.NotRuled => ("", PrecedentsText.NotRuled),
            PrecedentOutcome.Published => ("", PrecedentsText.Already.With(result.Number)),
            PrecedentOutcome.ChildSafety => ("", PrecedentsText.ChildSafety),
            PrecedentOutcome.ReasonMissing => ("precedent-reason", PrecedentsText.ReasonMissing),
            PrecedentOutcome.Over => ("", PrecedentsText.Over),
            PrecedentOutcome.Changed => ("", PrecedentsText.Changed),
            PrecedentOutcome.NotThere => ("", PrecedentsText.NotThere),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }
}
