using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Media;

/// <summary>What a media object is, told by its bytes.</summary>
public enum MediaKind
{
    Unknown,
    Image,
    Animation,
    Video,
    Audio,
}

/// <summary>How far a media object has come.</summary>
public enum MediaState
{
    /// <summary>To be fetched and rendered.</summary>
    Pending,

    /// <summary>Stored, with a step 0 to show.</summary>
    Ready,

    /// <summary>Stored, but no step 0 could be made: the page shows a placeholder.</summary>
    Placeholder,

    /// <summary>Not taken in: see <see cref="MediaObject.Problem"/>.</summary>
    Refused,
}

/// <summary>How far the steps above the blurred still have come.</summary>
public enum LadderState
{
    /// <summary>Not wanted, or not yet.</summary>
    None,

    /// <summary>To be made.</summary>
    Waiting,

    /// <summary>Made and stored.</summary>
    Ready,

    /// <summary>Given up: the blurred still and the original are all there is.</summary>
    Failed,
}

/// <summary>A piece of user-made media, stored once by the hash of its bytes.</summary>
public sealed class MediaObject : IVersioned
{
    /// <summary>Identity; what pages and routes name.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where it came from; null when its bytes were handed in.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hex, once stored.</summary>
    public string? Sha256 { get; set; }

    /// <summary>What it is.</summary>
    public MediaKind Kind { get; set; }

    /// <summary>How far it has come.</summary>
    public MediaState State { get; set; }

    /// <summary>Code of why it was refused or has no still, for people to read in words.</summary>
    public string? Problem { get; set; }

    /// <summary>Size of the original in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Width of the original in pixels.</summary>
    public int? Width { get; set; }

    /// <summary>Height of the original in pixels.</summary>
    public int? Height { get; set; }

    /// <summary>Length of video or audio, seconds.</summary>
    public double? DurationSeconds { get; set; }

    /// <summary>What a detector or the platform says it shows, in a word or two; shown on the veil.</summary>
    public string? Category { get; set; }

    /// <summary>Child-safety media: shown only with its own permission.</summary>
    public bool ChildSafety { get; set; }

    /// <summary>How far the steps above the blurred still have come.</summary>
    public LadderState Ladder { get; set; }

    /// <summary>Id of the key that its files are encrypted with; null while they are plain.</summary>
    public string? EncryptedWith { get; set; }

    /// <summary>Until then nothing may delete it, UTC; null when nothing holds it.</summary>
    public DateTimeOffset? HoldUntil { get; set; }

    /// <summary>PDQ hash of a picture, 64 lower-case hex digits; null until it is made, and for child-safety media always.</summary>
    public string? Pdq { get; private set; }

    /// <summary>How much the hash can be trusted, 0 to 100.</summary>
    public int? PdqQuality { get; private set; }

    /// <summary>How often fetching or rendering was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before this time is it tried again, UTC.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>The node that works on it until then; null while none does, or where that was known to nobody.</summary>
    public Guid? HeldBy { get; set; }

    /// <summary>When it was first named, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Its files go: only that it was here remains.</summary>
    internal void Remove()
    {
        (State, Problem, Ladder, Sha256, EncryptedWith) = (MediaState.Refused, nameof(MediaProblem.Removed), LadderState.None, null, null);
        Resemble(null);
    }

    /// <summary>Notes by what it is told to be like others. Child-safety media is never compared.</summary>
    public void Resemble(PictureLikeness? likeness)
    {
        PictureLikeness? kept = ChildSafety ? null : likeness;
        (Pdq, PdqQuality) = (kept?.Hash.ToString(), kept?.Quality);
    }
}

internal sealed class MediaConfiguration : IEntityTypeConfiguration<MediaObject>
{
    public void Configure(EntityTypeBuilder<MediaObject> builder)
    {
        builder.ToTable("media_object");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SourceUrl).HasMaxLength(2_000);
        builder.Property(row => row.Sha256).HasMaxLength(64);
        builder.Property(row => row.Pdq).HasMaxLength(PictureHash.HexLength);
        builder.Property(row => row.EncryptedWith).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.Sha256);
        builder.HasIndex(row => new { row.State, row.NextAttemptAt });
        builder.HasIndex(row => new { row.Ladder, row.NextAttemptAt });
        builder.HasIndex(row => new { row.ChildSafety, row.EncryptedWith });
        builder.HasIndex(row => new { row.ChildSafety, row.CreatedAt });
    }
}
