using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Actors;

/// <summary>An account whose reports make no case and raise no priority for the time being.</summary>
public sealed class MutedReporter : IVersioned
{
    /// <summary>Type of the account.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>Why, for the team.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Who muted it.</summary>
    public Guid MutedBy { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset MutedAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A report of an account that is muted: kept, and without any effect.</summary>
public sealed class MutedReport
{
    /// <summary>Identity; what the platform gets back.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Type of the reporter's account.</summary>
    public string ReporterTypeId { get; init; } = "";

    /// <summary>Reporter's id on the platform.</summary>
    public string ReporterId { get; init; } = "";

    /// <summary>Type of the item.</summary>
    public string ItemTypeId { get; init; } = "";

    /// <summary>The item.</summary>
    public string ItemId { get; init; } = "";

    /// <summary>Policy the reporter named, as sent; need not exist.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The reporter's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When the reporter made it, UTC, as the platform says.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>When it came in, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class MutedReporterConfiguration : IEntityTypeConfiguration<MutedReporter>, IEntityTypeConfiguration<MutedReport>
{
    public void Configure(EntityTypeBuilder<MutedReporter> builder)
    {
        builder.ToTable("muted_reporter");
        builder.HasKey(row => new { row.TypeId, row.AccountId });
        builder.Property(row => row.TypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.AccountId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
    }

    public void Configure(EntityTypeBuilder<MutedReport> builder)
    {
        builder.ToTable("muted_report");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ReporterTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ReporterId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.ReporterId, row.ReporterTypeId, row.ReceivedAt });
        builder.HasIndex(row => row.ReceivedAt);
    }
}
