using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>
/// Says that a decision was made together with others by one submission. Kept for good, whatever becomes of the decision: who
/// decided one of a stack had a hand in all of it.
/// </summary>
public sealed class StackedDecision : IAppendOnly
{
    /// <summary>The decision.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>The submission that made it.</summary>
    public Guid StackId { get; init; }

    /// <summary>Its place: 0 for the one that was on the screen, then the members.</summary>
    public int Place { get; init; }

    /// <summary>In what a member was like the one on the screen; null for that one.</summary>
    public Alike? Alike { get; init; }

    /// <summary>Who decided.</summary>
    public Guid DeciderId { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }
}

internal sealed class StackedDecisionConfiguration : IEntityTypeConfiguration<StackedDecision>
{
    public void Configure(EntityTypeBuilder<StackedDecision> builder)
    {
        builder.ToTable("stacked_decision");
        builder.HasKey(row => row.DecisionId);
        builder.Property(row => row.DecisionId).ValueGeneratedNever();
        builder.HasIndex(row => new { row.StackId, row.Place }).IsUnique();
        builder.HasOne<Decision>().WithOne().HasForeignKey<StackedDecision>(row => row.DecisionId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.DeciderId);
    }
}
