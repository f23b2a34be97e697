using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Actors;

/// <summary>How much a violation under a policy of a severity weighs, and for how long; where nothing is set, <see cref="StrikeDefaults"/> hold.</summary>
public sealed class StrikeRule : IVersioned
{
    /// <summary>The severity.</summary>
    public Severity Severity { get; init; }

    /// <summary>Strikes that it puts on an account, 0 to 100.</summary>
    public int Count { get; set; }

    /// <summary>Days until they are gone, 1 to 3 650.</summary>
    public int ExpiryDays { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>An action that is recommended, or ordered by itself, when an account reaches so many strikes.</summary>
public sealed class StrikeThreshold : IVersioned
{
    /// <summary>From how many strikes on.</summary>
    public int Count { get; init; }

    /// <summary>The action.</summary>
    public string ActionId { get; set; } = "";

    /// <summary>Whether it is ordered by itself; otherwise it is recommended.</summary>
    public bool Automatic { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>What holds while nothing is set: a convention to begin with, not a law.</summary>
public static class StrikeDefaults
{
    /// <summary>Strikes and days by severity. What names no policy, or one without severity, is no strike.</summary>
    public static (int Count, int ExpiryDays) Of(Severity severity) => severity switch
    {
        Severity.None => (0, 90),
        Severity.Low => (1, 90),
        Severity.Medium => (2, 180),
        Severity.High => (4, 365),
        Severity.Severe => (8, 730),
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };
}

internal sealed class StrikeRulesConfiguration : IEntityTypeConfiguration<StrikeRule>, IEntityTypeConfiguration<StrikeThreshold>
{
    public void Configure(EntityTypeBuilder<StrikeRule> builder)
    {
        builder.ToTable("strike_rule");
        builder.HasKey(row => row.Severity);
        builder.Property(row => row.Severity).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<StrikeThreshold> builder)
    {
        builder.ToTable("strike_threshold");
        builder.HasKey(row => row.Count);
        builder.Property(row => row.Count).ValueGeneratedNever();
        builder.Property(row => row.ActionId).HasMaxLength(TextLength.Id);
        builder.HasOne<ActionDefinition>().WithMany().HasForeignKey(row => row.ActionId);
    }
}
