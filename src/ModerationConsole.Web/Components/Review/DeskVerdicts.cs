using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The use cases by which the desk judges and hands on, as the person who sits at it.</summary>
public sealed class DeskVerdicts(
    ICurrentCaller callers, DecideCase decide, UndoDecision undo, ReverseDecision reverse, RecentDecisions recent, SaveDraft draft, EscalateCase escalate, RaiseEmergency emergency,
    MarkChildSafety childSafety, ReadQuestion question, ListAddressees addressees, ReadOpinions opinions, ReadAppealOnDesk appeals, ReadNoticesOnDesk notices)
{
    /// <summary>Submits a verdict.</summary>
    public async Task<DecideResult> DecideAsync(DecideCommand command, CancellationToken cancellationToken) =>
        await decide.RunAsync(await callers.GetAsync(), command, cancellationToken);

    /// <summary>Takes a decision back.</summary>
    public async Task<UndoResult> UndoAsync(Guid decisionId, CancellationToken cancellationToken) =>
        await undo.RunAsync(await callers.GetAsync(), decisionId, cancellationToken);

    /// <summary>Reverses a decision that can no longer be taken back.</summary>
    public async Task<ReverseResult> ReverseAsync(Guid decisionId, string note, CancellationToken cancellationToken) =>
        await reverse.RunAsync(await callers.GetAsync(), decisionId, note, cancellationToken);

    /// <summary>The person's last decisions.</summary>
    public async Task<IReadOnlyList<RecentDecision>> RecentAsync(CancellationToken cancellationToken) =>
        await recent.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>Keeps what is half written; false when it could not be kept.</summary>
    public async Task<bool> SaveDraftAsync(DeskCase about, string content)
    {
        ArgumentNullException.ThrowIfNull(about);
        // Not cancelled with the page: closing it is when a draft matters most.
        SaveDraftOutcome outcome = await draft.RunAsync(await callers.GetAsync(), about.TaskNumber, content, CancellationToken.None);
        return outcome is SaveDraftOutcome.Saved or SaveDraftOutcome.TaskEnded;
    }

    /// <summary>What a task is to answer, beyond its case.</summary>
    public async Task<DeskBrief> BriefAsync(DeskCase about, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        return about.Kind switch
        {
            TaskKind.Expert => new DeskBrief(await question.RunAsync(await callers.GetAsync(), about.TaskNumber, cancellationToken), [])
            {
                Notices = await NoticesAsync(about, cancellationToken),
            },
            TaskKind.First or TaskKind.Second => about.Noticed ? DeskBrief.None with { Notices = await NoticesAsync(about, cancellationToken) } : DeskBrief.None,
            TaskKind.Adjudication => new DeskBrief(null, await opinions.RunAsync(await callers.GetAsync(), about.TaskNumber, cancellationToken)),
            TaskKind.Appeal => DeskBrief.None with { Appeal = await appeals.RunAsync(await callers.GetAsync(), about.TaskNumber, cancellationToken) },
            // A case of theirs does not say whether a notice came in: it may have come later.
            TaskKind.Qa or TaskKind.Golden or TaskKind.Calibration => DeskBrief.None with
            {
                Notices = await notices.RunAsync(await callers.GetAsync(), about.TaskNumber, cancellationToken),
            },
            _ => throw new InvalidOperationException("The kind of the task is unknown."),
        };
    }

    /// <summary>Asks an expert.</summary>
    public async Task<Departure> EscalateAsync(DeskCase about, QuestionDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(draft);
        EscalateResult result = await escalate.RunAsync(
            await callers.GetAsync(), about.TaskNumber, about.Fence, draft.Text, cancellationToken, draft.To, draft.Urgent);
        return DepartureOf(result, DeskText.Escalated);
    }

    /// <summary>To whom a question can be put.</summary>
    public async Task<Addressees> AddresseesAsync(CancellationToken cancellationToken) => await addressees.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>Raises an emergency.</summary>
    public async Task<Departure> EmergencyAsync(DeskCase about, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        EscalateResult result = await emergency.RunAsync(await callers.GetAsync(), about.TaskNumber, about.Fence, what, cancellationToken);
        return DepartureOf(result, DeskText.EmergencyRaised);
    }

    /// <summary>Marks the case as child safety.</summary>
    public async Task<Departure> ChildSafetyAsync(DeskCase about, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        return await childSafety.RunAsync(await callers.GetAsync(), about.TaskNumber, about.Fence, cancellationToken) switch
        {
            MarkChildSafetyOutcome.Marked => Departure.Left(DeskText.ChildSafetyMarked),
            MarkChildSafetyOutcome.LeaseLost => Departure.NotYours,
            MarkChildSafetyOutcome.AlreadyMarked => Departure.Refused(DeskText.ChildSafetyAlready),
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
    }

    private async Task<IReadOnlyList<CaseNotice>> NoticesAsync(DeskCase about, CancellationToken cancellationToken) =>
        about.Noticed ? await notices.RunAsync(await callers.GetAsync(), about.TaskNumber, cancellationToken) : [];

    private static Departure DepartureOf(EscalateResult result, string done) => result.Outcome switch
    {
        EscalateOutcome.Escalated => Departure.Left(done),
        EscalateOutcome.LeaseLost or EscalateOutcome.CaseClosed => Departure.NotYours,
        EscalateOutcome.QuestionRequired => Departure.Refused(DeskText.QuestionMissing),
        EscalateOutcome.TextTooLong => Departure.Refused(DeskText.TextTooLong),
        EscalateOutcome.NoQueue => Departure.Refused(DeskText.NoTarget),
        EscalateOutcome.NotPossible => Departure.Refused(DeskText.NotPossible),
        EscalateOutcome.UnknownAddressee => Departure.Refused(DeskText.UnknownAddressee),
        _ => throw new InvalidOperationException("The outcome is unknown."),
    };
}
