using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A line of what will happen.</summary>
/// <param name="Words">What is done.</param>
/// <param name="Does">What that does on the platform, as its administrators describe it; empty where they do not.</param>
public sealed record PlanLine(string Words, string Does = "");

/// <summary>What the desk says about a decision before and after it is submitted.</summary>
public static class DecisionWords
{
    private const int SnippetLength = 40;

    /// <summary>What is missing in a form.</summary>
    public static string Missing(DecisionForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.Gap switch
        {
            FormGap.Verdict => DeskText.MissingVerdict,
            FormGap.Policy => DeskText.MissingPolicy,
            FormGap.Reason => DeskText.MissingReason,
            FormGap.Rationale => DeskText.MissingRationale,
            FormGap.Parameter => DeskText.MissingParameter.With(form.ChosenActions.First(offer => offer.Missing is not null).Action.Name),
            null => "",
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
    }

    /// <summary>Why a submitted form was refused.</summary>
    public static string Refused(DecideResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            DecideOutcome.PolicyRequired => DeskText.MissingPolicy,
            DecideOutcome.ReasonRequired => DeskText.MissingReason,
            DecideOutcome.RationaleRequired => DeskText.MissingRationale,
            DecideOutcome.UnknownPolicy or DecideOutcome.PolicyNotHere => DeskText.PolicyGone,
            DecideOutcome.PolicyChanged => DeskText.PolicyChanged,
            DecideOutcome.ActionNotAllowed => DeskText.ActionGone,
            DecideOutcome.TextTooLong => DeskText.TextTooLong,
            DecideOutcome.AnswerRequired => DeskText.MissingAnswer,
            DecideOutcome.Decided or DecideOutcome.AlreadyDecided or DecideOutcome.LeaseLost or DecideOutcome.CaseClosed => "",
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }

    /// <summary>What will happen when the form is submitted as it stands, a line each.</summary>
    /// <param name="appeal">What is appealed against, where the task is an appeal.</param>
    public static IReadOnlyList<PlanLine> Plan(DecisionForm form, DeskCase about, AppealOnDesk? appeal = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(about);
        if (appeal is not null && (form.Stands || form.ChosenVerdict == Verdict.Allow))
        {
            return [new PlanLine(form.Stands || form.ChosenVerdict == appeal.Verdict ? DeskText.PlanStands : DeskText.PlanTakenBack)];
        }

        switch (form.ChosenVerdict)
        {
            case Verdict.Allow:
                return [new PlanLine(DeskText.PlanAllow.With(about.Item.TypeName.ToLowerInvariant()))];
            case Verdict.Violation:
                List<PlanLine> lines = [.. form.ChosenActions.Select(Line)];
                if (lines.Count == 0)
                {
                    lines.Add(new PlanLine(DeskText.PlanNothing));
                }
                else if (!string.IsNullOrWhiteSpace(form.Reason.Text))
                {
                    lines.Add(new PlanLine(DeskText.PlanTell));
                }

                if (form.ChosenPolicy is { } policy && about.Strikes?.Reached(policy.Severity) is { } step && about.Actions.FirstOrDefault(action => action.Id == step.ActionId) is { } action)
                {
                    lines.Add(new PlanLine(DeskText.PlanStrikes.With(step.Count, action.Name)));
                }

                // The sum that orders go by holds no child-safety case.
                if (about.Sensitivity != Sensitivity.ChildSafety
                    && about.Strikes?.Orders(form.ChosenPolicy?.Severity ?? Severity.None) is { Action: { } byItself } reached)
                {
                    lines.Add(new PlanLine(DeskText.PlanStrikesOrder.With(reached.Count, byItself)));
                }

                return lines;
            case null or Verdict.CannotReview:
                return [];
            default:
                throw new ArgumentOutOfRangeException(nameof(form));
        }
    }

    /// <summary>Whether and how long it can be taken back.</summary>
    public static string? WayBack(DecisionForm form, DeskCase about, EnforcementOptions enforcement)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(enforcement);
        if (form.ChosenVerdict is null)
        {
            return null;
        }

        TimeSpan window = enforcement.UndoWindow(form.ChosenActions.Any(offer => !offer.Action.Reversible), about.AtOnce);
        return window > TimeSpan.Zero ? DeskText.PlanUndo.With((int)window.TotalSeconds) : DeskText.PlanAtOnce;
    }

    /// <summary>An item in a few words, for lists.</summary>
    public static string Snippet(DeskItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        string text = item.Fields.FirstOrDefault(field => !field.Sensitive) is { } first ? first.Values[0].ReplaceLineEndings(" ").Trim() : item.ItemId;
        return text.Length <= SnippetLength ? text : string.Concat(text.AsSpan(0, SnippetLength), "…");
    }

    /// <summary>What came of reversing a decision.</summary>
    public static string Reversed(ReverseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            ReverseOutcome.Reversed when result.Stays.Count > 0 => DeskText.ReversedStays.With(string.Join(", ", result.Stays)),
            ReverseOutcome.Reversed => result.Ordered.Count > 0 ? DeskText.Reversed : DeskText.ReversedNothing,
            ReverseOutcome.StillUndoable => DeskText.ReverseStillUndoable,
            ReverseOutcome.NotYours or ReverseOutcome.NotInForce => DeskText.ReverseNot,
            ReverseOutcome.NoteRequired => DeskText.ReverseWhyMissing,
            ReverseOutcome.TextTooLong => DeskText.TextTooLong,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
    }

    /// <summary>"Violation: Spam".</summary>
    public static string Found(RecentDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        string found = CaseWords.Name(decision.Verdict);
        return decision.PolicyName is { } policy ? $"{found}: {policy}" : found;
    }

    /// <summary>Where a decision stands that nothing can be done about.</summary>
    public static string State(RecentDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision switch
        {
            { State: DecisionState.Undone } => DeskText.StateUndone,
            { State: DecisionState.Reversed } => DeskText.StateReversed,
            { Reverses: true } => DeskText.StateReversal,
            _ => DeskText.StateStands,
        };
    }

    private static PlanLine Line(ActionOffer offer)
    {
        string line = offer.Related is null ? offer.Action.Name : DeskText.PlanOnRelated.With(offer.Action.Name, Snippet(offer.Related));
        return new PlanLine(offer.Action.Reversible ? line : DeskText.PlanForGood.With(line), offer.Action.Description);
    }
}
