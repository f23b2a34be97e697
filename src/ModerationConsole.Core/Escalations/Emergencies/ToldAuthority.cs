using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>An authority was told of an emergency. Never changed; a correction is another record.</summary>
public sealed class ToldAuthority : IAppendOnly
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The emergency.</summary>
    public Guid EscalationId { get; init; }

    /// <summary>Which authority.</summary>
    public string Authority { get; init; } = "";

    /// <summary>When it was told, UTC.</summary>
    public DateTimeOffset ToldAt { get; init; }

    /// <summary>Who told it.</summary>
    public Guid ToldBy { get; init; }

    /// <summary>The authority's reference number, where it gave one.</summary>
    public string? Reference { get; init; }

    /// <summary>Who wrote this down.</summary>
    public Guid RecordedBy { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}

internal sealed class ToldAuthorityConfiguration : IEntityTypeConfiguration<ToldAuthority>
{
    public void Configure(EntityTypeBuilder<ToldAuthority> builder)
    {
        builder.ToTable("told_authority");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Authority).HasMaxLength(TextLength.Line);
        builder.Property(row => row.Reference).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => new { row.EscalationId, row.ToldAt });
        builder.HasOne<Escalation>().WithMany().HasForeignKey(row => row.EscalationId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.ToldBy);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.RecordedBy);
    }
}
