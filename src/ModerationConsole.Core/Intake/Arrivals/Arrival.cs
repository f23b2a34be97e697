using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>A request's items, as they were sent and promised to be taken in.</summary>
public abstract class ArrivalRow
{
    /// <summary>Counts up; the order in which they are taken in.</summary>
    public long Number { get; init; }

    /// <summary>What sort of party sent them.</summary>
    public CallerKind SenderKind { get; init; }

    /// <summary>Which one: the id of its key.</summary>
    public Guid SenderId { get; init; }

    /// <summary>How many items. Fewer than came where some were erased meanwhile, never more.</summary>
    public int Items { get; init; }

    /// <summary>How many bytes they have together.</summary>
    public int Size { get; init; }

    /// <summary>The items as they were sent: see <see cref="ArrivalBody"/>.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>When they were promised, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// Items that were checked, promised to their sender and not taken in yet. The row goes in the transaction that stores its items,
/// so whatever dies in between leaves either the row or its cases, never both and never neither.
/// </summary>
public sealed class Arrival : ArrivalRow
{
    /// <summary>In whose name they are taken in. What the sender might do was checked when they came.</summary>
    public Caller Sender => new(SenderKind, SenderId, new HashSet<Permission>());
}

/// <summary>
/// Items that were promised and that the console failed at, under the number that they waited under. Kept for whoever mends that;
/// they keep nothing else waiting.
/// </summary>
public sealed class SetAsideArrival : ArrivalRow
{
    /// <summary>When they were given up, UTC. That may be often: each start tries again.</summary>
    public DateTimeOffset SetAsideAt { get; init; }

    /// <summary>The kind of error that they ended in; never its text, which may hold content.</summary>
    public string Fault { get; init; } = "";
}

internal sealed class ArrivalConfiguration : IEntityTypeConfiguration<Arrival>, IEntityTypeConfiguration<SetAsideArrival>
{
    public void Configure(EntityTypeBuilder<Arrival> builder)
    {
        builder.ToTable("intake_inbox");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Body).HasMaxLength(TextLength.Document);
        builder.Ignore(row => row.Sender);
    }

    public void Configure(EntityTypeBuilder<SetAsideArrival> builder)
    {
        builder.ToTable("intake_set_aside");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.Property(row => row.Body).HasMaxLength(TextLength.Document);
        builder.Property(row => row.Fault).HasMaxLength(TextLength.Id);
    }
}
