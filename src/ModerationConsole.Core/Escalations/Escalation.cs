using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>How pressing an escalation is.</summary>
public enum EscalationUrgency
{
    Normal,

    /// <summary>Goes before other questions and is due within two hours.</summary>
    Urgent,

    /// <summary>Threat to life.</summary>
    Emergency,
}

/// <summary>Where an escalation stands; follows from the expert's task and its decision.</summary>
public enum EscalationState
{
    /// <summary>It waits for an expert, or one has it in hand.</summary>
    Open,

    /// <summary>An expert ruled.</summary>
    Ruled,

    /// <summary>The expert asked another, or raised an emergency; the question goes on there.</summary>
    HandedOn,

    /// <summary>There is nothing left to answer: the case was decided or closed otherwise.</summary>
    Withdrawn,
}

/// <summary>A question to a policy expert with the case attached; the expert's task carries the answer.</summary>
public sealed class Escalation
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The task from which it was asked.</summary>
    public long FromTask { get; init; }

    /// <summary>The task that the expert works; its number is the escalation's, too.</summary>
    public long ExpertTask { get; init; }

    /// <summary>Who asked.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>The question.</summary>
    public string Question { get; init; } = "";

    /// <summary>How pressing it is.</summary>
    public EscalationUrgency Urgency { get; init; }

    /// <summary>When it was asked, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The top policy that it is about, where it was addressed to those who know it.</summary>
    public string? AreaId { get; init; }

    /// <summary>The person whom it was addressed to by name.</summary>
    public Guid? AskedOf { get; init; }

    /// <summary>Until when it is offered only to those who are named for its area, UTC; null where anyone may take it.</summary>
    public DateTimeOffset? AreaUntil { get; set; }

    /// <summary>Of an emergency: who on call said first that they have seen it.</summary>
    public Guid? AcknowledgedBy { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>The decision that answers it.</summary>
    public Guid? DecisionId { get; private set; }

    /// <summary>Who ruled; null where the console decided.</summary>
    public Guid? RuledBy { get; private set; }

    /// <summary>When it was ruled, UTC.</summary>
    public DateTimeOffset? RuledAt { get; private set; }

    /// <summary>Where it stands, by its expert's task.</summary>
    public EscalationState StateBy(TaskState task) => StateOf(DecisionId, task);

    /// <summary>Someone on call has seen it.</summary>
    internal void Acknowledge(Guid by, DateTimeOffset at) => (AcknowledgedBy, AcknowledgedAt) = (by, at);

    /// <summary>An expert's decision answers it.</summary>
    internal void Rule(Guid decisionId, Guid? by, DateTimeOffset at) => (DecisionId, RuledBy, RuledAt) = (decisionId, by, at);

    /// <summary>The decision was taken back inside its window: the question is open again.</summary>
    internal void Reopen() => (DecisionId, RuledBy, RuledAt) = (null, null, null);

    /// <summary>Where an escalation stands.</summary>
    internal static EscalationState StateOf(Guid? decisionId, TaskState task) => task switch
    {
        _ when decisionId is not null => EscalationState.Ruled,
        TaskState.Withdrawn => EscalationState.Withdrawn,
        TaskState.Done => EscalationState.HandedOn,
        TaskState.Waiting or TaskState.Leased => EscalationState.Open,
        _ => throw new ArgumentOutOfRangeException(nameof(task)),
    };
}

internal sealed class EscalationConfiguration : IEntityTypeConfiguration<Escalation>
{
    public void Configure(EntityTypeBuilder<Escalation> builder)
    {
        builder.ToTable("escalation");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Question).HasMaxLength(TextLength.Note);
        // People, policies and decisions outlast their questions; a foreign key more would have the embedded database copy the whole table.
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => row.ExpertTask).IsUnique();
        builder.HasIndex(row => row.AskedBy);
        builder.HasIndex(row => row.AreaUntil);
        builder.HasIndex(row => row.DecisionId);
        builder.HasIndex(row => new { row.Urgency, row.DecisionId });
        builder.Property(row => row.AreaId).HasMaxLength(TextLength.Id);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.FromTask);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.ExpertTask);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AskedBy);
    }
}
