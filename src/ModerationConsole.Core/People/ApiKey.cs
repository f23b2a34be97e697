using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A program's key. Only its SHA-256 is stored.</summary>
public sealed class ApiKey : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it is for.</summary>
    public string Name { get; set; } = "";

    /// <summary>First characters of the key, shown so that people can tell keys apart.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>SHA-256 of the whole key.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>Permissions, comma separated.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last opened a request, UTC, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked, UTC.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>From when on it opens nothing, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The key that takes its place; null while none does.</summary>
    public Guid? SuccessorId { get; set; }

    /// <summary>What it may ask for a second in the long run; null for what every key may.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>Networks that it opens something from, as <see cref="KeyNetworks"/> writes them; empty for anywhere.</summary>
    public string Networks { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether it opens nothing any more.</summary>
    public bool IsOver(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_key");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.HasIndex(row => row.Hash).IsUnique();
        builder.Property(row => row.Prefix).HasMaxLength(20);
        builder.Property(row => row.Scopes).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Networks).HasMaxLength(TextLength.Note);
    }
}
