using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>What made a case golden.</summary>
public enum GoldenOrigin
{
    /// <summary>Three people judged it alike without knowing of one another.</summary>
    Agreement,

    /// <summary>An expert chose it.</summary>
    Expert,
}

/// <summary>Where a golden case stands.</summary>
public enum GoldenState
{
    Active,
    Retired,
}

/// <summary>Why a golden case measures no more.</summary>
public enum GoldenRetirement
{
    /// <summary>Someone retired it.</summary>
    ByHand,

    /// <summary>The policy it was agreed under has a newer version.</summary>
    PolicyChanged,

    /// <summary>People who are otherwise right failed it.</summary>
    StrongReviewersFailed,

    /// <summary>Its case became child safety or is gone.</summary>
    CaseGone,

    /// <summary>Another decision took the place of the one that was agreed on.</summary>
    DecisionReplaced,
}

/// <summary>A case with an agreed verdict, shown as work to measure. What is shown is what the author of one of its decisions saw.</summary>
public sealed class GoldenCase : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The decision whose snapshot is shown.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>What made it golden.</summary>
    public GoldenOrigin Origin { get; init; }

    /// <summary>What was agreed.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The agreed policy.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The version of it that the agreement is about.</summary>
    public Guid? PolicyVersionId { get; init; }

    /// <summary>Agreed actions, comma separated.</summary>
    public string Actions { get; init; } = "";

    /// <summary>Why it is so, for who fails it.</summary>
    public string? Note { get; init; }

    /// <summary>Who chose it; null where it came of agreement.</summary>
    public Guid? MadeBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Whether its case is severe. Such a one is mixed in only where a lead asked for it.</summary>
    public bool Severe { get; init; }

    /// <summary>The lead who asked for a severe one.</summary>
    public Guid? SevereAskedBy { get; set; }

    /// <summary>Where it stands.</summary>
    public GoldenState State { get; private set; } = GoldenState.Active;

    /// <summary>Why it was retired.</summary>
    public GoldenRetirement? Retirement { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It measures no more.</summary>
    public void Retire(GoldenRetirement why, DateTimeOffset now)
    {
        if (State != GoldenState.Active)
        {
            throw new DomainRuleException("golden.not-active");
        }

        (State, Retirement, RetiredAt) = (GoldenState.Retired, why, now);
    }
}

/// <summary>A golden case given to a person: once each.</summary>
public sealed class GoldenAnswer : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The golden case.</summary>
    public Guid GoldenId { get; init; }

    /// <summary>Who is asked.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>When it was mixed in, UTC.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>Their verdict, a decision without effect.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>When, UTC; also when they handed it on instead.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Whether it is the agreed one; null until answered, and where it was handed on: to ask is not to fail.</summary>
    public bool? Passed { get; set; }

    /// <summary>Whether it counts: false where the case was retired as a bad measure, and where it was handed on.</summary>
    public bool Scored { get; set; } = true;

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class GoldenConfiguration : IEntityTypeConfiguration<GoldenCase>, IEntityTypeConfiguration<GoldenAnswer>
{
    public void Configure(EntityTypeBuilder<GoldenCase> builder)
    {
        builder.ToTable("quality_golden");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Actions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Note).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => new { row.State, row.MadeAt });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
        builder.HasOne<PolicyVersion>().WithMany().HasForeignKey(row => row.PolicyVersionId);
    }

    public void Configure(EntityTypeBuilder<GoldenAnswer> builder)
    {
        builder.ToTable("quality_golden_answer");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.GoldenId, row.PersonId }).IsUnique();
        builder.HasIndex(row => row.TaskNumber).IsUnique();
        builder.HasIndex(row => new { row.PersonId, row.AnsweredAt });
        builder.HasOne<GoldenCase>().WithMany().HasForeignKey(row => row.GoldenId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }
}
