using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Why a reveal came to its end. Skip, break and stop are one and the same: the task was left.</summary>
public enum MediaHideCause
{
    /// <summary>The person, or the page for them, hid it.</summary>
    Hidden,

    /// <summary>The right to it ended with the lease.</summary>
    LeaseEnded,

    /// <summary>Its time was up.</summary>
    Expired,
}

/// <summary>A person was granted a step of the ladder above the blurred still.</summary>
public sealed class MediaReveal : IAppendOnly
{
    /// <summary>Identity; what the route of the step names.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The media object.</summary>
    public Guid MediaId { get; init; }

    /// <summary>SHA-256 of the original at that time, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The one step that was granted.</summary>
    public MediaStep Step { get; init; }

    /// <summary>Who it was granted to.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The case that shows it, if one.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>The task whose lease was the right to it, if it was one.</summary>
    public long? TaskNumber { get; init; }

    /// <summary>That lease's fencing number.</summary>
    public long? Fencing { get; init; }

    /// <summary>Why, where the right was a permission that asks for a reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The person's filters at that time, as JSON with sorted keys.</summary>
    public string Filters { get; init; } = "{}";

    /// <summary>When it was granted, UTC, whole microseconds.</summary>
    public DateTimeOffset RevealedAt { get; init; }

    /// <summary>From when on it grants nothing, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>SHA-256 over the fields above; the audit entry of the reveal holds the same.</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>The end of a reveal; none while it is open.</summary>
public sealed class MediaRevealEnd : IAppendOnly
{
    /// <summary>The reveal that ended.</summary>
    public Guid RevealId { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it was shown at most, seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Why.</summary>
    public MediaHideCause Cause { get; init; }
}

internal sealed class MediaRevealConfiguration :
    IEntityTypeConfiguration<MediaReveal>, IEntityTypeConfiguration<MediaRevealEnd>
{
    public void Configure(EntityTypeBuilder<MediaReveal> builder)
    {
        builder.ToTable("media_reveal", table => table.HasTrigger("tr_media_reveal_change"));
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Sha256).HasMaxLength(64);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Filters).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.HasIndex(row => new { row.PersonId, row.RevealedAt });
        builder.HasIndex(row => new { row.TaskNumber, row.Fencing });
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => row.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<MediaRevealEnd> builder)
    {
        builder.ToTable("media_reveal_end", table => table.HasTrigger("tr_media_reveal_end_change"));
        builder.HasKey(row => row.RevealId);
        builder.Property(row => row.RevealId).ValueGeneratedNever();
        builder.HasOne<MediaReveal>().WithOne().HasForeignKey<MediaRevealEnd>(row => row.RevealId);
    }
}
