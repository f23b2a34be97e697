using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ModerationConsole.Core.Media;

/// <summary>A step of the ladder above the blurred still that was made of some bytes and is stored.</summary>
public sealed class MediaRendition
{
    /// <summary>SHA-256 of the original, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Which step.</summary>
    public MediaStep Step { get; init; }

    /// <summary>The type it is served as.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Size in bytes, as read back.</summary>
    public long Bytes { get; init; }

    /// <summary>Width in pixels, if it has one.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels, if it has one.</summary>
    public int? Height { get; init; }

    /// <summary>How long it plays, seconds, if it plays.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hex.</summary>
    public string Hash { get; init; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MediaRenditionConfiguration : IEntityTypeConfiguration<MediaRendition>
{
    public void Configure(EntityTypeBuilder<MediaRendition> builder)
    {
        builder.ToTable("media_rendition");
        builder.HasKey(row => new { row.Sha256, row.Step });
        builder.Property(row => row.Sha256).HasMaxLength(64);
        builder.Property(row => row.ContentType).HasMaxLength(100);
        builder.Property(row => row.Hash).HasMaxLength(64);
    }
}
