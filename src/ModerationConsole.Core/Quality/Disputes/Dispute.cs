using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>What became of a dispute.</summary>
public enum DisputeState
{
    Open,

    /// <summary>The result stands.</summary>
    Upheld,

    /// <summary>The result was wrong: the decision counts as right.</summary>
    Overturned,

    /// <summary>The policy leaves it open: the sample counts for nothing and the policy is to be looked at.</summary>
    PolicyAmbiguous,
}

/// <summary>A moderator's objection to a result of theirs: one a sample, decided by someone without a hand in it.</summary>
public sealed class Dispute : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The result.</summary>
    public Guid SampleId { get; init; }

    /// <summary>Who objects: the author of the decision.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Why.</summary>
    public string Text { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>What became of it.</summary>
    public DisputeState State { get; private set; } = DisputeState.Open;

    /// <summary>Who decided it.</summary>
    public Guid? DecidedBy { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Decides it once.</summary>
    public void Decide(DisputeState state, Guid by, string reason, DateTimeOffset now)
    {
        if (State != DisputeState.Open || state == DisputeState.Open)
        {
            throw new DomainRuleException("dispute.not-open");
        }

        (State, DecidedBy, Reason, DecidedAt) = (state, by, reason, now);
    }
}

internal sealed class DisputeConfiguration : IEntityTypeConfiguration<Dispute>
{
    public void Configure(EntityTypeBuilder<Dispute> builder)
    {
        builder.ToTable("quality_dispute");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Text).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.SampleId).IsUnique();
        builder.HasIndex(row => new { row.State, row.OpenedAt });
        builder.HasOne<QualitySample>().WithMany().HasForeignKey(row => row.SampleId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
