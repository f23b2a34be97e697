using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Broken glass in plain words.</summary>
public static class GlassWords
{
    /// <summary>What is wrong with breaking it, and by which field; null where nothing is.</summary>
    public static (string Field, string Message)? Problem(BreakGlassOutcome outcome, int mostMinutes) => outcome switch
    {
        BreakGlassOutcome.Broken => null,
        BreakGlassOutcome.ReasonRequired => ("glass-reason", GlassText.ReasonRequired),
        BreakGlassOutcome.ReasonTooLong => ("glass-reason", GlassText.ReasonTooLong.With(BreakGlass.LongestReason)),
        BreakGlassOutcome.RoleInvalid => ("glass-role", GlassText.RoleInvalid),
        BreakGlassOutcome.MinutesInvalid => ("glass-minutes", GlassText.MinutesInvalid.With(mostMinutes)),
        BreakGlassOutcome.OneIsOn => ("", GlassText.OneIsOn),
        BreakGlassOutcome.Apart => ("glass-role", GlassText.Apart),
        BreakGlassOutcome.ProveFirst => ("", ProofText.NotProved),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What is wrong with reviewing it; null where nothing is.</summary>
    public static string? Problem(CloseGlassOutcome outcome) => outcome switch
    {
        // Someone else was faster: the list drawn anew says who.
        CloseGlassOutcome.Closed or CloseGlassOutcome.NotOpen => null,
        CloseGlassOutcome.StillOn => GlassText.StillOn,
        CloseGlassOutcome.OwnGlass => GlassText.Own,
        CloseGlassOutcome.NoteRequired => GlassText.NoteRequired,
        CloseGlassOutcome.NoteTooLong => GlassText.NoteTooLong.With(CloseGlass.LongestNote),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
