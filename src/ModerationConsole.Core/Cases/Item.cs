using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Cases;

/// <summary>What kind of thing an item type describes.</summary>
public enum ItemKind
{
    Content,
    User,
    Thread,
}

/// <summary>How an item must be handled. It belongs to the item, so permissions and limits follow it wherever it goes.</summary>
public enum Sensitivity
{
    Ordinary,
    Severe,
    ChildSafety,
}

/// <summary>Schema of the items that the platform sends under one type id.</summary>
public sealed class ItemType : IVersioned
{
    /// <summary>Id on the wire, e.g. <c>post</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name shown to people.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it describes.</summary>
    public ItemKind Kind { get; set; }

    /// <summary>Fields as JSON; read it through <see cref="ItemSchema.Parse"/>.</summary>
    public string Fields { get; set; } = "[]";

    /// <summary>Raised on each change of the fields; sent back as <c>typeVersion</c>.</summary>
    public int SchemaVersion { get; set; } = 1;

    /// <summary>Items of this type start with this sensitivity.</summary>
    public Sensitivity Sensitivity { get; set; }

    /// <summary>Archived types take no new items.</summary>
    public bool Archived { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>One item as the platform sent it: immutable, versioned by the hash of its canonical data.</summary>
public sealed class ItemVersion
{
    /// <summary>Identity of this version.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Item type.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>Item id on the platform.</summary>
    public string ItemId { get; init; } = "";

    /// <summary>SHA-256 of the canonical data (sorted keys, no white space).</summary>
    public byte[] ContentHash { get; init; } = [];

    /// <summary>
    /// Which of the item's versions this is, from 1 in the order in which they came in. No two have the same: of those that come
    /// in at the same moment one has to see the other.
    /// </summary>
    public int Number { get; init; } = 1;

    /// <summary>Data as received, canonical JSON.</summary>
    public string Data { get; init; } = "{}";

    /// <summary>All text of the item in reading order, for search and title.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same for the same text, see <see cref="Likeness.TextLikeness"/>; null where it is compared with nothing.</summary>
    public long? TextKey { get; set; }

    /// <summary>SimHash of the text, close for texts that are nearly the same; null where it is compared with nothing.</summary>
    public long? TextHash { get; set; }

    /// <summary>Who made it: type of the account.</summary>
    public string? CreatorTypeId { get; init; }

    /// <summary>Who made it: id of the account on the platform.</summary>
    public string? CreatorId { get; init; }

    /// <summary>Thread it stands in: id on the platform.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Item it answers: id on the platform.</summary>
    public string? ParentId { get; init; }

    /// <summary>Language, BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>Where its data belongs, as first said; null where regions are not used or it was not said.</summary>
    public string? Region { get; init; }

    /// <summary>When the platform says it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was received, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>A media object named in a field of an item version.</summary>
public sealed class ItemMedia
{
    /// <summary>The item version.</summary>
    public Guid ItemVersionId { get; init; }

    /// <summary>Place among the item's media, from 0.</summary>
    public int Position { get; init; }

    /// <summary>The media object.</summary>
    public Guid MediaId { get; init; }

    /// <summary>Field it came from.</summary>
    public string Field { get; init; } = "";
}

internal sealed class ItemConfiguration :
    IEntityTypeConfiguration<ItemType>, IEntityTypeConfiguration<ItemVersion>, IEntityTypeConfiguration<ItemMedia>
{
    public void Configure(EntityTypeBuilder<ItemType> builder)
    {
        builder.ToTable("item_type");
        builder.Property(row => row.Id).HasMaxLength(TextLength.Id).ValueGeneratedNever();
        builder.Property(row => row.Fields).HasMaxLength(TextLength.Text);
    }

    public void Configure(EntityTypeBuilder<ItemVersion> builder)
    {
        builder.ToTable("item_version");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.TypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.CreatorTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.CreatorId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ThreadId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ParentId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.Property(row => row.Region).HasMaxLength(RegionOptions.LongestName);
        builder.Property(row => row.ContentHash).HasMaxLength(32);
        builder.Property(row => row.Data).HasMaxLength(TextLength.Document);
        builder.Property(row => row.Text).HasMaxLength(TextLength.Document);
        builder.HasIndex(row => new { row.ItemId, row.TypeId, row.ContentHash }).IsUnique();
        builder.HasIndex(row => new { row.ItemId, row.TypeId, row.Number }).IsUnique();
        // An author's newest items are looked up beside every case.
        builder.HasIndex(row => new { row.CreatorId, row.ReceivedAt });
        builder.HasIndex(row => row.ContentHash);
        // Where the same words were seen before is looked up beside every case.
        builder.HasIndex(row => new { row.TextKey, row.ReceivedAt });
        builder.HasIndex(row => row.ThreadId);
        builder.HasOne<ItemType>().WithMany().HasForeignKey(row => row.TypeId);
    }

    public void Configure(EntityTypeBuilder<ItemMedia> builder)
    {
        builder.ToTable("item_media");
        builder.HasKey(row => new { row.ItemVersionId, row.Position });
        builder.Property(row => row.Field).HasMaxLength(TextLength.Id);
        builder.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId);
        builder.HasOne<MediaObject>().WithMany().HasForeignKey(row => row.MediaId);
    }
}
