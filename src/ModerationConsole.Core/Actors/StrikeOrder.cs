using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Actors;

/// <summary>Where an action stands that strikes ordered.</summary>
public enum StrikeOrderState
{
    /// <summary>Ordered, and in force.</summary>
    Ordered,

    /// <summary>It could not be ordered: someone has to see to it.</summary>
    NotOrdered,

    /// <summary>The sum fell before it had left: it was never sent.</summary>
    Cancelled,

    /// <summary>The sum fell again, and what takes it back was ordered.</summary>
    TakenBack,

    /// <summary>The sum fell again, and nothing takes it back: someone has to see to it.</summary>
    Stays,

    /// <summary>Strikes ran out in between, and the number was reached anew.</summary>
    ReachedAgain,
}

/// <summary>An action that was ordered because an account's strikes reached a number: once each time they do.</summary>
public sealed class StrikeOrder : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Type of the account.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The number that was reached.</summary>
    public int Count { get; init; }

    /// <summary>What was ordered.</summary>
    public string ActionId { get; init; } = "";

    /// <summary>The case whose decision reached it.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The delivery; null where nothing could be ordered.</summary>
    public Guid? EnforcementId { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public StrikeOrderState State { get; private set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    internal void Refuse() => State = StrikeOrderState.NotOrdered;

    internal void End(StrikeOrderState state, DateTimeOffset now) => (State, EndedAt) = (state, now);
}

internal sealed class StrikeOrderConfiguration : IEntityTypeConfiguration<StrikeOrder>
{
    public void Configure(EntityTypeBuilder<StrikeOrder> builder)
    {
        builder.ToTable("strike_order");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.TypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.AccountId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ActionId).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => new { row.AccountId, row.TypeId, row.EndedAt });
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
    }
}
