using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>How far a draft of a policy is.</summary>
public enum RevisionState
{
    /// <summary>It is written. Nobody decides by it.</summary>
    Draft,

    /// <summary>A second person was asked to agree.</summary>
    Asked,

    /// <summary>It is agreed upon and waits for its time.</summary>
    Scheduled,

    /// <summary>It is, or was, a version in force.</summary>
    Published,

    /// <summary>It was given up.</summary>
    Discarded,
}

/// <summary>
/// A policy in the making: what will be its next version. Until that is in force it has no effect on desks, decisions and programs.
/// </summary>
public sealed class PolicyRevision : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The policy; there may be none of that id yet.</summary>
    public string PolicyId { get; init; } = "";

    /// <summary>The policy while this is open: at most one is for each.</summary>
    public string? OpenFor { get; set; }

    /// <summary>How far it is.</summary>
    public RevisionState State { get; set; }

    /// <summary>Number of the version in force that its writer saw beside it; 0 where the policy is new.</summary>
    public int BasedOn { get; set; }

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string? ParentId { get; set; }

    public Severity Severity { get; set; }

    public string Text { get; set; } = "";

    public string Guidance { get; set; } = "";

    public string RecommendedActions { get; set; } = "";

    public string ReasonTemplates { get; set; } = "";

    public bool ReasonRequired { get; set; }

    public string Queues { get; set; } = "";

    public string Fields { get; set; } = "";

    public bool Archived { get; set; }

    /// <summary>From when it is to apply, UTC; null for as soon as it is published.</summary>
    public DateTimeOffset? EffectiveFrom { get; set; }

    /// <summary>Counts how often its words were changed: what was judged by it is judged by one of these.</summary>
    public int Edition { get; set; } = 1;

    /// <summary>Ids of everyone who wrote on it, comma separated.</summary>
    public string Writers { get; set; } = "";

    /// <summary>When it was last written on, UTC.</summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>Who wrote on it last; null for a program.</summary>
    public Guid? WrittenBy { get; set; }

    /// <summary>Who asked for a second person.</summary>
    public Guid? AskedBy { get; set; }

    /// <summary>What they said with it.</summary>
    public string? AskNote { get; set; }

    /// <summary>Who answered last.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>What they said.</summary>
    public string? AnswerNote { get; set; }

    /// <summary>Number of the version that it became.</summary>
    public int? BecameVersion { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether someone had a hand in it.</summary>
    public bool IsBy(Guid personId) => AskedBy == personId || PolicyLists.Of(Writers).Contains(personId.ToString());

    /// <summary>What it asks for.</summary>
    public PolicyDraft Words() => new(
        PolicyId, Code, Name, ParentId, Severity, Text, Guidance, PolicyLists.Of(RecommendedActions), ReasonTemplates, Archived, Version)
    {
        ReasonRequired = ReasonRequired,
        Queues = PolicyLists.Ids(Queues),
        Fields = PolicyLists.Of(Fields),
        EffectiveFrom = EffectiveFrom,
    };

    /// <summary>Takes over what a person wants.</summary>
    internal void Write(PolicyDraft draft)
    {
        (Code, Name, ParentId, Severity) = (draft.Code.Trim(), draft.Name.Trim(), draft.ParentId, draft.Severity);
        (Text, Guidance, ReasonTemplates) = (draft.Text, draft.Guidance, draft.ReasonTemplates.Trim());
        (RecommendedActions, Queues, Fields) = (PolicyLists.Join(draft.RecommendedActions), PolicyLists.Join(draft.Queues), PolicyLists.Join(draft.Fields));
        (ReasonRequired, Archived, EffectiveFrom) = (draft.ReasonRequired, draft.Archived, draft.EffectiveFrom is { } from ? Instant.Cut(from) : null);
    }
}

internal sealed class PolicyRevisionConfiguration : IEntityTypeConfiguration<PolicyRevision>
{
    public void Configure(EntityTypeBuilder<PolicyRevision> builder)
    {
        builder.ToTable("policy_revision");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.OpenFor).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Code).HasMaxLength(20);
        builder.Property(row => row.Name).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ParentId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Text).HasMaxLength(TextLength.Text);
        builder.Property(row => row.Guidance).HasMaxLength(TextLength.Text);
        builder.Property(row => row.RecommendedActions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.ReasonTemplates).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Queues).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Fields).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Writers).HasMaxLength(TextLength.Note);
        builder.Property(row => row.AskNote).HasMaxLength(TextLength.Note);
        builder.Property(row => row.AnswerNote).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.OpenFor).IsUnique();
        builder.HasIndex(row => new { row.State, row.EffectiveFrom });
        builder.HasIndex(row => row.PolicyId);
    }
}
