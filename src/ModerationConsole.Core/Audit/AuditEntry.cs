using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit;

/// <summary>One act, recorded in the transaction that did it. Holds ids, codes and hashes; never content, never names.</summary>
public sealed class AuditEntry : IAppendOnly
{
    /// <summary>Order of writing (gaps are possible); the order that is proved is the leaf's.</summary>
    public long Number { get; init; }

    /// <summary>Identity of the entry in proofs.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When it happened, UTC, whole microseconds.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public AuditAct Act { get; init; }

    /// <summary>What kind of party acted.</summary>
    public CallerKind ActorKind { get; init; }

    /// <summary>The person or key that acted; null for the console itself.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The case concerned, if one.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>The task concerned, if one.</summary>
    public long? TaskNumber { get; init; }

    /// <summary>Id of whatever else is concerned (queue, person, decision, key …), if anything.</summary>
    public string? Subject { get; init; }

    /// <summary>More ids, codes and hashes, as JSON with sorted keys; <c>{}</c> when there are none.</summary>
    public string Details { get; init; } = "{}";
}

/// <summary>A sealed entry's place in the Merkle tree: gap-free, order fixed at sealing.</summary>
public sealed class AuditLeaf : IAppendOnly
{
    /// <summary>Zero-based position in the tree.</summary>
    public long Index { get; init; }

    /// <summary>The sealed entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>RFC 9162 leaf hash of the entry, SHA-256.</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>A signed statement of what the tree was at a size.</summary>
public sealed class AuditTreeHead : IAppendOnly
{
    /// <summary>How many leaves the tree had.</summary>
    public long Size { get; init; }

    /// <summary>Root hash, SHA-256.</summary>
    public byte[] RootHash { get; init; } = [];

    /// <summary>When it was signed, UTC.</summary>
    public DateTimeOffset SignedAt { get; init; }

    /// <summary>ECDSA P-256 signature.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>Which key signed.</summary>
    public string KeyId { get; init; } = "";
}

internal sealed class AuditConfiguration :
    IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditLeaf>, IEntityTypeConfiguration<AuditTreeHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // Named so that SQL Server is not sent statements that its triggers forbid.
        builder.ToTable("audit_entry", table => table.HasTrigger("tr_audit_entry_change"));
        builder.HasKey(entry => entry.Number);
        builder.HasIndex(entry => entry.Id).IsUnique();
        builder.HasIndex(entry => entry.CaseNumber);
        builder.HasIndex(entry => new { entry.ActorId, entry.At });
        builder.HasIndex(entry => entry.At);
        builder.Property(entry => entry.Act).HasMaxLength(60);
        builder.Property(entry => entry.Details).HasMaxLength(TextLength.Note);
    }

    public void Configure(EntityTypeBuilder<AuditLeaf> builder)
    {
        builder.ToTable("audit_leaf", table => table.HasTrigger("tr_audit_leaf_change"));
        builder.HasKey(leaf => leaf.Index);
        builder.Property(leaf => leaf.Index).ValueGeneratedNever();
        builder.HasIndex(leaf => leaf.EntryId).IsUnique();
        builder.Property(leaf => leaf.Hash).HasMaxLength(32);
    }

    public void Configure(EntityTypeBuilder<AuditTreeHead> builder)
    {
        builder.ToTable("audit_tree_head", table => table.HasTrigger("tr_audit_tree_head_change"));
        builder.HasKey(head => head.Size);
        builder.Property(head => head.Size).ValueGeneratedNever();
        builder.Property(head => head.RootHash).HasMaxLength(32);
        builder.Property(head => head.Signature).HasMaxLength(512);
        builder.Property(head => head.KeyId).HasMaxLength(TextLength.Id);
    }
}
