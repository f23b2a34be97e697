using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Which node does a duty for all of them. No node compares its clock with another's: the holder raises <see cref="Beat"/>
/// each second, and whoever sees it stand still for a while by its own stopwatch takes over, with the next <see cref="Fence"/>.
/// </summary>
public sealed class NodeLease
{
    /// <summary>What the names of rows begin with that are no duty but a node itself.</summary>
    internal const string OfNode = "node:";

    /// <summary>This machine and process, for people.</summary>
    internal static string ThisProcess { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>The duty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The process that has it; empty when it was given up.</summary>
    public Guid Holder { get; init; }

    /// <summary>Raised each time the duty changes hands. A write that carries an older one is refused.</summary>
    public long Fence { get; init; }

    /// <summary>Raised by the holder as a sign of life.</summary>
    public long Beat { get; init; }

    /// <summary>When the holder last said so by its own clock, UTC. For people; nothing is decided by it.</summary>
    public DateTimeOffset BeatAt { get; init; }

    /// <summary>The holder's machine and process, for people.</summary>
    public string Node { get; init; } = "";
}

internal sealed class NodeLeaseConfiguration : IEntityTypeConfiguration<NodeLease>
{
    private const int NameLength = 50;

    public void Configure(EntityTypeBuilder<NodeLease> builder)
    {
        builder.ToTable("node_lease");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(NameLength);
        builder.Property(row => row.Node).HasMaxLength(TextLength.Id);
    }
}
