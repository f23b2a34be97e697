using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>What a past decision would be under a draft of its policy.</summary>
public enum TrialAnswer
{
    /// <summary>It would stay as it is.</summary>
    Same,

    /// <summary>Nobody can say from the words of the draft.</summary>
    Unsure,

    /// <summary>It would be allowed.</summary>
    WouldAllow,

    /// <summary>It would be a violation of this policy.</summary>
    WouldViolate,

    /// <summary>It would be a violation of another policy.</summary>
    OtherPolicy,

    /// <summary>It would be the same violation with other actions.</summary>
    OtherActions,
}

/// <summary>Past decisions that were drawn to be held against a draft of a policy. Nothing about them changes by it.</summary>
public sealed class PolicyTrial
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The draft.</summary>
    public Guid RevisionId { get; init; }

    /// <summary>Its secret, by which decisions were drawn.</summary>
    public Guid Salt { get; init; } = Guid.NewGuid();

    /// <summary>When they were drawn, UTC.</summary>
    public DateTimeOffset DrawnAt { get; init; }

    /// <summary>Whether there were more decisions than are looked at: the newest were.</summary>
    public bool Cut { get; init; }
}

/// <summary>A group of decisions of a trial, with how many there are.</summary>
public sealed class TrialStratum
{
    public Guid TrialId { get; init; }

    /// <summary>Its place among the groups of the trial.</summary>
    public int Place { get; init; }

    /// <summary>What was found in them; null for what is left.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Language of the items; null where none is known, and for what is left.</summary>
    public string? Language { get; init; }

    /// <summary>How many decisions there are, drawn or not.</summary>
    public int Population { get; init; }
}

/// <summary>A decision that was drawn.</summary>
public sealed class TrialCase
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TrialId { get; init; }

    /// <summary>In which order they are gone through, from 1.</summary>
    public int Place { get; init; }

    /// <summary>The group.</summary>
    public int Stratum { get; init; }

    /// <summary>The decision.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>Its case.</summary>
    public long CaseNumber { get; init; }
}

/// <summary>What one person said of one decision.</summary>
public sealed class TrialJudgement : IVersioned
{
    public Guid TrialCaseId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>What they said.</summary>
    public TrialAnswer Answer { get; set; }

    /// <summary>Which edition of the draft they read.</summary>
    public int Edition { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class TrialConfiguration
    : IEntityTypeConfiguration<PolicyTrial>, IEntityTypeConfiguration<TrialStratum>, IEntityTypeConfiguration<TrialCase>, IEntityTypeConfiguration<TrialJudgement>
{
    public void Configure(EntityTypeBuilder<PolicyTrial> builder)
    {
        builder.ToTable("policy_trial");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.RevisionId).IsUnique();
        builder.HasOne<PolicyRevision>().WithMany().HasForeignKey(row => row.RevisionId);
    }

    public void Configure(EntityTypeBuilder<TrialStratum> builder)
    {
        builder.ToTable("policy_trial_stratum");
        builder.HasKey(row => new { row.TrialId, row.Place });
        builder.Property(row => row.Language).HasMaxLength(TextLength.Id);
        builder.HasOne<PolicyTrial>().WithMany().HasForeignKey(row => row.TrialId);
    }

    public void Configure(EntityTypeBuilder<TrialCase> builder)
    {
        builder.ToTable("policy_trial_case");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.TrialId, row.Place }).IsUnique();
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<PolicyTrial>().WithMany().HasForeignKey(row => row.TrialId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
    }

    public void Configure(EntityTypeBuilder<TrialJudgement> builder)
    {
        builder.ToTable("policy_trial_judgement");
        builder.HasKey(row => new { row.TrialCaseId, row.PersonId });
        builder.HasOne<TrialCase>().WithMany().HasForeignKey(row => row.TrialCaseId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
