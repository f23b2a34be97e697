using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>A message between who asked, experts, and those whose opinion was asked for.</summary>
public sealed class EscalationMessage
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The escalation.</summary>
    public Guid EscalationId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The words; empty once they were erased with the case's.</summary>
    public string Text { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>An expert was asked for an opinion by another; who rules stays the same.</summary>
public sealed class EscalationConsult
{
    /// <summary>The escalation.</summary>
    public Guid EscalationId { get; init; }

    /// <summary>Whose opinion is asked for.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Who asked for it.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }
}

/// <summary>Someone who is asked first about a policy area.</summary>
public sealed class AreaExpert
{
    /// <summary>The area: a top policy.</summary>
    public string AreaId { get; init; } = "";

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }
}

internal sealed class EscalationMessageConfiguration :
    IEntityTypeConfiguration<EscalationMessage>, IEntityTypeConfiguration<EscalationConsult>, IEntityTypeConfiguration<AreaExpert>
{
    public void Configure(EntityTypeBuilder<EscalationMessage> builder)
    {
        builder.ToTable("escalation_message");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Text).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.EscalationId, row.At });
        builder.HasOne<Escalation>().WithMany().HasForeignKey(row => row.EscalationId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<EscalationConsult> builder)
    {
        builder.ToTable("escalation_consult");
        builder.HasKey(row => new { row.EscalationId, row.PersonId });
        builder.HasIndex(row => row.PersonId);
        builder.HasOne<Escalation>().WithMany().HasForeignKey(row => row.EscalationId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AskedBy);
    }

    public void Configure(EntityTypeBuilder<AreaExpert> builder)
    {
        builder.ToTable("area_expert");
        builder.HasKey(row => new { row.AreaId, row.PersonId });
        builder.Property(row => row.AreaId).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.PersonId);
        builder.HasOne<Policy>().WithMany().HasForeignKey(row => row.AreaId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
