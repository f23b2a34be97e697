using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Appeals;

/// <summary>Who objects to what.</summary>
public enum AppealKind
{
    /// <summary>The account concerned objects to a violation that was found.</summary>
    Appeal,

    /// <summary>Someone whose report was refused objects to that.</summary>
    Complaint,
}

/// <summary>Where an appeal stands.</summary>
public enum AppealState
{
    /// <summary>It waits for an answer.</summary>
    Open,

    /// <summary>The decision stands.</summary>
    Upheld,

    /// <summary>The decision was wrong: it was taken back, or what had been allowed is a violation.</summary>
    Overturned,

    /// <summary>Something else holds in its place: another policy, other actions.</summary>
    Changed,

    /// <summary>There is nobody to answer any more, or nothing to judge by.</summary>
    Withdrawn,
}

/// <summary>An objection to a decision, judged by someone who had no hand in it.</summary>
public sealed class Appeal : IVersioned
{
    /// <summary>The number people say aloud.</summary>
    public long Number { get; init; }

    /// <summary>Identity; what the sender gets as a receipt.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The platform's own id of it.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>Who objects to what.</summary>
    public AppealKind Kind { get; init; }

    /// <summary>Type of the account that objects.</summary>
    public string AppellantTypeId { get; init; } = "";

    /// <summary>The account that objects; null once it was erased.</summary>
    public string? AppellantId { get; private set; }

    /// <summary>Which of the appeals of one account about one decision it is, from 1: a further one brings something new.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The decision that it is about.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>The task with which it is judged.</summary>
    public long TaskNumber { get; private set; }

    /// <summary>Type of the item that it names.</summary>
    public string ItemTypeId { get; init; } = "";

    /// <summary>The item that it names.</summary>
    public string ItemId { get; private set; } = "";

    /// <summary>Actions that it names, comma separated.</summary>
    public string Actions { get; init; } = "";

    /// <summary>What the person wrote.</summary>
    public string? Text { get; private set; }

    /// <summary>When the person made it, UTC, as the platform says.</summary>
    public DateTimeOffset AppealedAt { get; init; }

    /// <summary>When it came in, UTC: its clock started.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When an answer is due, UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>What the decision found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The policy that it named.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Language of the item, BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>Whether a program decided.</summary>
    public bool Automated { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public AppealState State { get; private set; } = AppealState.Open;

    /// <summary>The verdict of who judged it, a decision without effect of its own; null where another decision settled it.</summary>
    public Guid? AnswerId { get; private set; }

    /// <summary>Who judged it.</summary>
    public Guid? JudgeId { get; private set; }

    /// <summary>When it was answered, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The decision that takes the place of the one that it is about.</summary>
    public Guid? CorrectionId { get; set; }

    /// <summary>When its consequence was drawn and its sender told, UTC.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>How its sender was told.</summary>
    public Guid? DeliveryId { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether the decision did not stand as it was.</summary>
    public bool Granted => State is AppealState.Overturned or AppealState.Changed;

    /// <summary>Someone without a hand in the decision answers it; they may take that back for a while.</summary>
    internal void Answer(AppealState outcome, Decision answer)
    {
        Expect(AppealState.Open);
        (State, AnswerId, JudgeId, AnsweredAt) = (outcome, answer.Id, answer.DeciderId, answer.DecidedAt);
    }

    /// <summary>The answer is taken back inside its window.</summary>
    internal void Reopen()
    {
        if (SettledAt is not null || State is AppealState.Open or AppealState.Withdrawn)
        {
            throw new DomainRuleException("appeal.not-answered");
        }

        (State, AnswerId, JudgeId, AnsweredAt) = (AppealState.Open, null, null, null);
    }

    /// <summary>Its task ended without an answer: another stands for it.</summary>
    internal void WaitWith(long taskNumber)
    {
        Expect(AppealState.Open);
        TaskNumber = taskNumber;
    }

    /// <summary>The decision was corrected while it waited, so that nothing is left to judge.</summary>
    internal void Overtake(AppealState outcome, Guid correctionId, DateTimeOffset now)
    {
        Expect(AppealState.Open);
        (State, CorrectionId, AnsweredAt) = (outcome, correctionId, now);
    }

    /// <summary>Its consequence is drawn and its sender told.</summary>
    internal void Settle(Guid deliveryId, DateTimeOffset now) => (SettledAt, DeliveryId) = (now, deliveryId);

    /// <summary>There is nobody to answer any more, or nothing to judge by.</summary>
    internal void Withdraw(DateTimeOffset now)
    {
        Expect(AppealState.Open);
        (State, SettledAt) = (AppealState.Withdrawn, now);
    }

    /// <summary>An appeal as it came in.</summary>
    internal static Appeal Receive(AppealOrder order, Decision decision, string? language, long taskNumber, int round, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        ExternalId = order.ExternalId,
        Kind = order.Kind,
        AppellantTypeId = order.By.TypeId,
        AppellantId = order.By.ItemId,
        Round = round,
        CaseNumber = decision.CaseNumber,
        DecisionId = decision.Id,
        TaskNumber = taskNumber,
        ItemTypeId = order.Item.TypeId,
        ItemId = order.Item.ItemId,
        Actions = string.Join(',', order.Actions),
        Text = order.Text,
        AppealedAt = order.AppealedAt,
        ReceivedAt = now,
        DueAt = dueAt,
        Verdict = decision.Verdict,
        PolicyId = decision.PolicyId,
        Language = language,
        Automated = decision.AutomatedDecision == true || decision.DeciderId is null,
        DecidedAt = decision.DecidedAt,
    };

    /// <summary>Takes out who made it and what they wrote.</summary>
    internal void Erase() => (AppellantId, ItemId, Text) = (null, "", null);

    private void Expect(AppealState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"appeal.is-{State.ToString().ToLowerInvariant()}");
        }
    }
}

/// <summary>An item that came with an appeal.</summary>
public sealed class AppealEvidence
{
    /// <summary>The appeal.</summary>
    public long AppealNumber { get; init; }

    /// <summary>The item version.</summary>
    public Guid ItemVersionId { get; init; }

    /// <summary>Order, from 0.</summary>
    public int Position { get; init; }
}
