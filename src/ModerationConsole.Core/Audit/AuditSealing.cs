using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit;

/// <summary>
/// An entry without a leaf. Written with the entry and removed with its leaf, so that what commits late is never passed
/// over, whatever its number.
/// </summary>
public sealed class AuditUnsealed
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>When the act happened, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>256 neighbouring hashes of one level of the tree, written once they are all complete, so that proofs read few rows.</summary>
public sealed class AuditTile : IAppendOnly
{
    /// <summary>0 for leaves; level k holds the roots of complete subtrees of 256^k leaves.</summary>
    public int Level { get; init; }

    /// <summary>Zero-based position among the tiles of its level.</summary>
    public long Index { get; init; }

    /// <summary>The hashes, 32 bytes each, left to right.</summary>
    public byte[] Hashes { get; init; } = [];
}

internal sealed class AuditSealingConfiguration : IEntityTypeConfiguration<AuditUnsealed>, IEntityTypeConfiguration<AuditTile>
{
    private const int TileBytes = 256 * 32;

    public void Configure(EntityTypeBuilder<AuditUnsealed> builder)
    {
        builder.ToTable("audit_unsealed");
        builder.HasKey(row => row.EntryId);
        builder.Property(row => row.EntryId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AuditTile> builder)
    {
        builder.ToTable("audit_tile", table => table.HasTrigger("tr_audit_tile_change"));
        builder.HasKey(tile => new { tile.Level, tile.Index });
        builder.Property(tile => tile.Level).ValueGeneratedNever();
        builder.Property(tile => tile.Index).ValueGeneratedNever();
        builder.Property(tile => tile.Hashes).HasMaxLength(TileBytes);
    }
}
