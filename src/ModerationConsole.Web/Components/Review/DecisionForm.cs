using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What keeps a form from being submitted.</summary>
public enum FormGap
{
    Verdict,
    Policy,
    Reason,
    Parameter,
    Rationale,
}

/// <summary>What a person has chosen and written about a case so far, and what is still missing.</summary>
public sealed class DecisionForm
{
    private DeskCase _case;
    private string _template = "";

    /// <summary>Begins an empty form, or one filled from what was kept of an earlier beginning.</summary>
    public DecisionForm(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        _case = about;
        Offers = ActionOffer.Of(about);
        if (KeptForm.Read(about.Draft) is { } kept)
        {
            Restore(kept);
        }
    }

    /// <summary>What was found; null before the person says so.</summary>
    public Verdict? ChosenVerdict { get; private set; }

    /// <summary>Of an appeal: whether the decision stands as it is.</summary>
    public bool Stands { get; private set; }

    /// <summary>The policy that is violated.</summary>
    public DeskPolicy? ChosenPolicy { get; private set; }

    /// <summary>Everything that can be done.</summary>
    public IReadOnlyList<ActionOffer> Offers { get; }

    /// <summary>What the user is told.</summary>
    public FieldText Reason { get; } = new();

    /// <summary>What only the team sees.</summary>
    public FieldText Note { get; } = new();

    /// <summary>A comment that is begun and not yet written beside the case.</summary>
    public FieldText Comment { get; } = new();

    /// <summary>Where in a video or recording it is, in seconds; null where the person marked nothing.</summary>
    public double? MediaTimeMark { get; private set; }

    /// <summary>What is chosen; nothing without a violation.</summary>
    public IEnumerable<ActionOffer> ChosenActions => ChosenVerdict == Verdict.Violation ? Offers.Where(offer => offer.Chosen) : [];

    /// <summary>What is missing; null when it can be submitted. The core asks the same again.</summary>
    public FormGap? Gap => VerdictGap ?? (OwesRationale && string.IsNullOrWhiteSpace(Note.Text) ? FormGap.Rationale : null);

    // In an emergency nobody is kept waiting for a text.
    private bool OwesRationale => _case is { Kind: Core.Queues.TaskKind.Expert, Queue.Kind: Core.Queues.QueueKind.Expert };

    /// <summary>Whether queue or policy ask for a reason for the user.</summary>
    public bool AsksReason => _case.Queue.ReasonRequired || ChosenPolicy?.ReasonRequired == true;

    private FormGap? VerdictGap => ChosenVerdict switch
    {
        null => FormGap.Verdict,
        // Whoever appealed is told why, whatever the answer.
        _ when _case.Kind == TaskKind.Appeal && string.IsNullOrWhiteSpace(Reason.Text) => FormGap.Reason,
        _ when Stands => null,
        Verdict.Violation when ChosenPolicy is null && _case.Queue.PolicyRequired => FormGap.Policy,
        Verdict.Violation when string.IsNullOrWhiteSpace(Reason.Text) && AsksReason => FormGap.Reason,
        Verdict.Violation when ChosenActions.Any(offer => offer.Missing is not null) => FormGap.Parameter,
        Verdict.Violation or Verdict.Allow or Verdict.CannotReview => null,
        _ => throw new InvalidOperationException("The verdict is unknown."),
    };

    /// <summary>Says what was found.</summary>
    public void Choose(Verdict verdict) => (ChosenVerdict, Stands) = (verdict, false);

    /// <summary>Says that the decision stands as it is.</summary>
    /// <param name="decided">What it found.</param>
    public void LetStand(Verdict decided) => (ChosenVerdict, ChosenPolicy, Stands) = (decided, null, true);

    /// <summary>Names the policy; its recommended actions and first template are filled in where the person has not spoken.</summary>
    public void Choose(DeskPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        (ChosenVerdict, Stands) = (Verdict.Violation, false);
        ChosenPolicy = policy;
        string? reached = _case.Strikes?.Reached(policy.Severity)?.ActionId;
        foreach (ActionOffer offer in Offers.Where(offer => !offer.ByHand))
        {
            offer.Chosen = offer.Target == offer.Action.Target && offer.Target != ActionTarget.RelatedItem
                && (policy.RecommendedActions.Contains(offer.Action.Id) || offer.Action.Id == reached);
        }

        if (Reason.Text.Length == 0 || Reason.Text == _template)
        {
            UseTemplate(policy.ReasonTemplates.Count > 0 ? policy.ReasonTemplates[0] : "");
        }
    }

    /// <summary>
    /// Takes over the policies as they are now; what was chosen and written stays. Where the policy is no longer offered, the verdict
    /// goes with it and so do its actions: else the next press would store a violation of nothing with what the policy asked for.
    /// </summary>
    /// <returns>Whether the chosen policy is still offered, if there was one.</returns>
    public bool Renew(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        _case = about;
        if (ChosenPolicy is not { Id: var chosen })
        {
            return true;
        }

        ChosenPolicy = about.Policies.FirstOrDefault(policy => policy.Id == chosen);
        if (ChosenPolicy is not null)
        {
            return true;
        }

        ChosenVerdict = null;
        foreach (ActionOffer offer in Offers.Where(offer => !offer.ByHand))
        {
            offer.Chosen = false;
        }

        return false;
    }

    /// <summary>Writes a template into the reason for the user.</summary>
    public void UseTemplate(string template)
    {
        _template = template;
        Reason.Fill(template);
    }

    /// <summary>Says where in a video or recording it is.</summary>
    public void MarkTime(double seconds) => MediaTimeMark = double.IsFinite(seconds) && seconds >= 0 ? seconds : null;

    /// <summary>Fills the form from a decision that was taken back.</summary>
    public void Restore(UndoneTask undone)
    {
        ArgumentNullException.ThrowIfNull(undone);
        Restore(new KeptForm(undone.Verdict, undone.PolicyId, [], undone.ReasonForUser, undone.InternalNote));
        MediaTimeMark = undone.MediaTimeMarkSeconds;
        if (_case.Kind == TaskKind.Appeal)
        {
            // Whether the decision was to stand is not known any more: it is said again.
            ChosenVerdict = null;
        }

        foreach (ActionOffer offer in Offers.Where(offer => offer.Target == offer.Action.Target && undone.Actions.Contains(offer.Action.Id)))
        {
            offer.Chosen = offer.ByHand = true;
        }
    }

    /// <summary>What is kept of it while it is not submitted.</summary>
    public KeptForm Keep() => new(ChosenVerdict, ChosenPolicy?.Id, [.. Offers.Where(offer => offer.Chosen).Select(offer => offer.ToOrder())], Reason.Text, Note.Text, Comment.Text, MediaTimeMark, Stands);

    /// <summary>The command that decides the case that was drawn, and no other.</summary>
    public DecideCommand ToCommand(Verdict verdict, string? cannotReviewCode = null) => new(_case.TaskNumber, _case.Fence, verdict)
    {
        PolicyId = ChosenPolicy?.Id,
        PolicyVersion = ChosenPolicy?.VersionNumber,
        Actions = verdict == Verdict.Violation ? [.. ChosenActions.Select(offer => offer.ToOrder())] : [],
        ReasonForUser = verdict == Verdict.Violation || _case.Kind == TaskKind.Appeal ? Reason.Text : null,
        InternalNote = Note.Text,
        CannotReviewCode = cannotReviewCode,
        MediaTimeMarkSeconds = MediaTimeMark,
        Stands = Stands,
    };

    private void Restore(KeptForm kept)
    {
        ChosenPolicy = _case.Policies.FirstOrDefault(policy => policy.Id == kept.PolicyId);
        // A violation of a policy that is no longer offered is said again, and so is what was to be done about it.
        bool gone = ChosenPolicy is null && kept.PolicyId is not null;
        ChosenVerdict = gone || kept.Verdict == Verdict.CannotReview ? null : kept.Verdict;
        Stands = kept.Stands;
        foreach (ActionOrder order in gone ? [] : kept.Actions)
        {
            Offers.FirstOrDefault(offer => offer.Is(order))?.Restore(order);
        }

        Reason.Fill(kept.Reason ?? "");
        Note.Fill(kept.Note ?? "");
        Comment.Fill(kept.Comment ?? "");
        MediaTimeMark = kept.TimeMark;
    }
}
