using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>How bad a violation of a policy is.</summary>
public enum Severity
{
    None,
    Low,
    Medium,
    High,
    Severe,
}

/// <summary>A rule of the platform that decisions name. The platform knows it by <see cref="Id"/>.</summary>
public sealed class Policy : IVersioned
{
    /// <summary>Id on the wire, e.g. <c>pol_spam</c>. Never changes.</summary>
    public string Id { get; init; } = "";

    /// <summary>Short number people say aloud, e.g. <c>2.1</c>.</summary>
    public string Code { get; set; } = "";

    /// <summary>Name of the current version.</summary>
    public string Name { get; set; } = "";

    /// <summary>The policy above it in the tree.</summary>
    public string? ParentId { get; set; }

    /// <summary>Severity of the current version.</summary>
    public Severity Severity { get; set; }

    /// <summary>Number of the version in force, from 1.</summary>
    public int CurrentVersion { get; set; } = 1;

    /// <summary>Ids of recommended actions, comma separated.</summary>
    public string RecommendedActions { get; set; } = "";

    /// <summary>Templates of the reason for the user, one a line.</summary>
    public string ReasonTemplates { get; set; } = "";

    /// <summary>Whether a violation of it needs a reason for the user, whatever the queue asks for.</summary>
    public bool ReasonRequired { get; set; }

    /// <summary>Ids of the queues at whose desks it is offered, comma separated; empty for all.</summary>
    public string Queues { get; set; } = "";

    /// <summary>Fields of item types that it speaks of, as <c>type.field</c>, comma separated; empty for the whole item.</summary>
    public string Fields { get; set; } = "";

    /// <summary>From when on a version that is already agreed upon takes the place of this one, UTC; null while there is none.</summary>
    public DateTimeOffset? NextFrom { get; set; }

    /// <summary>Archived policies can no longer be chosen.</summary>
    public bool Archived { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether it is offered at the desk of a queue.</summary>
    public bool IsOfferedIn(Guid queueId) => PolicyLists.HoldsQueue(Queues, queueId);
}

/// <summary>The words of a policy at one time; decisions keep the one they used.</summary>
public sealed class PolicyVersion
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The policy.</summary>
    public string PolicyId { get; init; } = "";

    /// <summary>Number, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Short number at that time.</summary>
    public string Code { get; init; } = "";

    /// <summary>Name at that time.</summary>
    public string Name { get; init; } = "";

    /// <summary>Policy text, Markdown.</summary>
    public string Text { get; init; } = "";

    /// <summary>Guidance for moderators, Markdown.</summary>
    public string Guidance { get; init; } = "";

    /// <summary>Severity at that time.</summary>
    public Severity Severity { get; init; }

    /// <summary>Ids of recommended actions at that time, comma separated.</summary>
    public string RecommendedActions { get; init; } = "";

    /// <summary>Templates of the reason for the user at that time, one a line.</summary>
    public string ReasonTemplates { get; init; } = "";

    /// <summary>Whether a violation needed a reason for the user.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>Ids of the queues at whose desks it was offered, comma separated; empty for all.</summary>
    public string Queues { get; init; } = "";

    /// <summary>Fields of item types that it spoke of, comma separated; empty for the whole item.</summary>
    public string Fields { get; init; } = "";

    /// <summary>From when it applies, UTC.</summary>
    public DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>What a draft says, as the version that it is to be.</summary>
    internal static PolicyVersion Of(PolicyDraft draft, int number, DateTimeOffset from) => new()
    {
        PolicyId = draft.Id,
        Number = number,
        Code = draft.Code.Trim(),
        Name = draft.Name.Trim(),
        Text = draft.Text,
        Guidance = draft.Guidance,
        Severity = draft.Severity,
        RecommendedActions = PolicyLists.Join(draft.RecommendedActions),
        ReasonTemplates = draft.ReasonTemplates.Trim(),
        ReasonRequired = draft.ReasonRequired,
        Queues = PolicyLists.Join(draft.Queues),
        Fields = PolicyLists.Join(draft.Fields),
        EffectiveFrom = from,
    };
}

internal sealed class PolicyConfiguration : IEntityTypeConfiguration<Policy>, IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<Policy> builder)
    {
        builder.ToTable("policy");
        builder.Property(row => row.Id).HasMaxLength(TextLength.Id).ValueGeneratedNever();
        builder.Property(row => row.ParentId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Code).HasMaxLength(20);
        builder.Property(row => row.ReasonTemplates).HasMaxLength(TextLength.Note);
        builder.Property(row => row.RecommendedActions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Queues).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Fields).HasMaxLength(TextLength.Note);
        builder.HasOne<Policy>().WithMany().HasForeignKey(row => row.ParentId);
    }

    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("policy_version");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Text).HasMaxLength(TextLength.Text);
        builder.Property(row => row.Guidance).HasMaxLength(TextLength.Text);
        builder.Property(row => row.Code).HasMaxLength(20);
        builder.Property(row => row.ReasonTemplates).HasMaxLength(TextLength.Note);
        builder.Property(row => row.RecommendedActions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Queues).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Fields).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.PolicyId, row.Number }).IsUnique();
        builder.HasOne<Policy>().WithMany().HasForeignKey(row => row.PolicyId);
    }
}
