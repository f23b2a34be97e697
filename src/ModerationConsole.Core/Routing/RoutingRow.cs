using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Routing;

/// <summary>A line of the routing table: the first, in order, whose conditions all hold says where a case waits.</summary>
public sealed class RoutingRow : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Order, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Item type, or null for any.</summary>
    public string? ItemTypeId { get; set; }

    /// <summary>Policy named in a report, or null for any.</summary>
    public string? PolicyId { get; set; }

    /// <summary>Source, or null for any.</summary>
    public CaseSource? Source { get; set; }

    /// <summary>Least severity, or null for any.</summary>
    public Severity? MinSeverity { get; set; }

    /// <summary>Language (BCP 47; matches its regional variants), or null for any.</summary>
    public string? Language { get; set; }

    /// <summary>Where the case waits.</summary>
    public Guid QueueId { get; set; }

    /// <summary>Priority of its task; 50 is ordinary.</summary>
    public int Priority { get; set; } = 50;

    /// <summary>Minutes to its deadline; null for the queue's own.</summary>
    public int? DeadlineMinutes { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class RoutingConfiguration : IEntityTypeConfiguration<RoutingRow>
{
    public void Configure(EntityTypeBuilder<RoutingRow> builder)
    {
        builder.ToTable("routing_row");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ItemTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.HasIndex(row => row.Position);
        builder.HasOne<CaseQueue>().WithMany().HasForeignKey(row => row.QueueId);
    }
}
