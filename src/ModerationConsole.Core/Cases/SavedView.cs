using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Cases;

/// <summary>Filters of the case list under a name: one person's own, or shown to everyone who sees cases.</summary>
public sealed class SavedView : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose it is; they alone change it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>The filters as they stand in the address, without the question mark.</summary>
    public string Query { get; set; } = "";

    /// <summary>Whether others see it.</summary>
    public bool Shared { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_view");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Query).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.PersonId, row.Name }).IsUnique();
        builder.HasIndex(row => row.Shared);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
