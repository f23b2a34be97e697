using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>A case with a note that a lead sends to one moderator. Only the two of them see it.</summary>
public sealed class CoachingNote : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who sends it.</summary>
    public Guid FromId { get; init; }

    /// <summary>Who gets it.</summary>
    public Guid ToId { get; init; }

    /// <summary>The case it is about.</summary>
    public long CaseNumber { get; init; }

    /// <summary>What the lead says.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was first read, UTC; the sender is shown it.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class CoachingConfiguration : IEntityTypeConfiguration<CoachingNote>
{
    public void Configure(EntityTypeBuilder<CoachingNote> builder)
    {
        builder.ToTable("quality_coaching");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Text).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.ToId, row.SentAt });
        builder.HasIndex(row => new { row.FromId, row.SentAt });
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.FromId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.ToId);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
    }
}
