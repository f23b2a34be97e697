using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality;

/// <summary>How quality is measured here: one row.</summary>
public sealed class QualitySettings : IVersioned
{
    /// <summary>The only one.</summary>
    public const int Only = 1;

    /// <summary>Always <see cref="Only"/>.</summary>
    public int Id { get; init; } = Only;

    /// <summary>Golden cases a person gets for each decision of theirs, 0 to 0.2; 0 mixes none in.</summary>
    public double GoldenRate { get; set; } = 0.03;

    /// <summary>Accuracy that is aimed at, 0 to 1.</summary>
    public double TargetAccuracy { get; set; } = 0.95;

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>What an error under a policy weighs beside others, where it is not what its severity says.</summary>
public sealed class QualityWeight : IVersioned
{
    /// <summary>The policy.</summary>
    public string PolicyId { get; init; } = "";

    /// <summary>The weight, above 0 to 100.</summary>
    public double Weight { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>What an error weighs by severity alone: severe 10, high 5, medium 2, else 1.</summary>
    public static double Of(Severity severity) => severity switch
    {
        Severity.Severe => 10,
        Severity.High => 5,
        Severity.Medium => 2,
        Severity.None or Severity.Low => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };
}

internal static class QualitySettingsReading
{
    /// <summary>What is set, or what holds while nothing is.</summary>
    public static async Task<QualitySettings> QualitySettingsAsync(this ConsoleDbContext db, CancellationToken cancellationToken) =>
        await db.Set<QualitySettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? new QualitySettings();
}

internal sealed class QualitySettingsConfiguration : IEntityTypeConfiguration<QualitySettings>, IEntityTypeConfiguration<QualityWeight>
{
    public void Configure(EntityTypeBuilder<QualitySettings> builder)
    {
        builder.ToTable("quality_settings");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<QualityWeight> builder)
    {
        builder.ToTable("quality_weight");
        builder.HasKey(row => row.PolicyId);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id).ValueGeneratedNever();
        builder.HasOne<Policy>().WithOne().HasForeignKey<QualityWeight>(row => row.PolicyId);
    }
}
