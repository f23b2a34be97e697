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

    /// <summary>Threat to life.</summary>
    Emergency,
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

    /// <summary>The task that the expert works.</summary>
    public long ExpertTask { get; init; }

    /// <summary>Who asked.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>The question.</summary>
    public string Question { get; init; } = "";

    /// <summary>How pressing it is.</summary>
    public EscalationUrgency Urgency { get; init; }

    /// <summary>When it was asked, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }
}

internal sealed class EscalationConfiguration : IEntityTypeConfiguration<Escalation>
{
    public void Configure(EntityTypeBuilder<Escalation> builder)
    {
        builder.ToTable("escalation");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Question).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => row.ExpertTask);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.FromTask);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.ExpertTask);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AskedBy);
    }
}
