using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>A request that carried an Idempotency-Key, with what was answered: the same key is answered the same and done once.</summary>
public sealed class IntakeRequest
{
    /// <summary>SHA-256 over API key id, route and Idempotency-Key.</summary>
    public byte[] KeyHash { get; init; } = [];

    /// <summary>SHA-256 of the body; the same key with another body is refused.</summary>
    public byte[] BodyHash { get; init; } = [];

    /// <summary>HTTP status that was answered.</summary>
    public int Status { get; init; }

    /// <summary>Body that was answered.</summary>
    public string Answer { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class IntakeConfiguration : IEntityTypeConfiguration<IntakeRequest>
{
    public void Configure(EntityTypeBuilder<IntakeRequest> builder)
    {
        builder.ToTable("intake_request");
        builder.HasKey(row => row.KeyHash);
        builder.Property(row => row.KeyHash).HasMaxLength(32);
        builder.Property(row => row.BodyHash).HasMaxLength(32);
        builder.Property(row => row.Answer).HasMaxLength(TextLength.Document);
        builder.HasIndex(row => row.At);
    }
}
