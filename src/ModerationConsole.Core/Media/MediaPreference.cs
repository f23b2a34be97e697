using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Media;

/// <summary>
/// How one person wants media of one category shown. It says what is hard for them to look at: nobody else's business, so no
/// audit, export, page or hub tells it.
/// </summary>
public sealed class MediaPreference
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What <see cref="MyMediaPreferences.Key"/> makes of a category, or one of the two that stand for more.</summary>
    public string Category { get; init; } = "";

    /// <inheritdoc cref="MediaPreferences.Blur" />
    public int Blur { get; set; }

    /// <inheritdoc cref="MediaPreferences.Colour" />
    public MediaColour Colour { get; set; }

    /// <inheritdoc cref="MediaPreferences.Thumbnail" />
    public int Thumbnail { get; set; }

    /// <inheritdoc cref="MediaPreferences.Muted" />
    public bool Muted { get; set; }

    /// <inheritdoc cref="MediaPreferences.SpeedPercent" />
    public int SpeedPercent { get; set; }

    /// <inheritdoc cref="MediaPreferences.StoryboardFirst" />
    public bool StoryboardFirst { get; set; }

    /// <inheritdoc cref="MediaPreferences.ClipFirst" />
    public bool ClipFirst { get; set; }

    /// <inheritdoc cref="MediaPreferences.Reveal" />
    public RevealMode Reveal { get; set; }

    /// <inheritdoc cref="MediaPreferences.ReblurSeconds" />
    public int ReblurSeconds { get; set; }

    /// <summary>What the row says.</summary>
    internal MediaPreferences Read() => new()
    {
        Blur = Blur,
        Colour = Colour,
        Thumbnail = Thumbnail,
        Muted = Muted,
        SpeedPercent = SpeedPercent,
        StoryboardFirst = StoryboardFirst,
        ClipFirst = ClipFirst,
        Reveal = Reveal,
        ReblurSeconds = ReblurSeconds,
    };

    /// <summary>Makes the row say this.</summary>
    internal void Write(MediaPreferences chosen)
    {
        (Blur, Colour, Thumbnail) = (chosen.Blur, chosen.Colour, chosen.Thumbnail);
        (Muted, SpeedPercent) = (chosen.Muted, chosen.SpeedPercent);
        (StoryboardFirst, ClipFirst) = (chosen.StoryboardFirst, chosen.ClipFirst);
        (Reveal, ReblurSeconds) = (chosen.Reveal, chosen.ReblurSeconds);
    }
}

internal sealed class MediaPreferenceConfiguration : IEntityTypeConfiguration<MediaPreference>
{
    public void Configure(EntityTypeBuilder<MediaPreference> builder)
    {
        builder.ToTable("media_preference");
        builder.HasKey(row => new { row.PersonId, row.Category });
        builder.Property(row => row.Category).HasMaxLength(TextLength.Id);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
