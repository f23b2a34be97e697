using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>What kind of work waits in a queue.</summary>
public enum QueueKind
{
    Review,
    Expert,
    Emergency,
    ChildSafety,

    /// <summary>Appeals and complaints about decisions.</summary>
    Appeals,
}

/// <summary>Where tasks wait: who may work them, which actions they allow, by when.</summary>
public sealed class CaseQueue : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Unique part of its address, e.g. <c>harassment-en</c>.</summary>
    public string Slug { get; init; } = "";

    /// <summary>What waits here, for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>What kind of work.</summary>
    public QueueKind Kind { get; init; }

    /// <summary>Takes what no routing row matches. Exactly one queue is it.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Takes tasks that nobody in their own queue may take. Exactly one queue is it.</summary>
    public bool IsFallback { get; set; }

    /// <summary>Whether a violation needs a policy.</summary>
    public bool PolicyRequired { get; set; } = true;

    /// <summary>Whether a violation needs a reason for the user.</summary>
    public bool ReasonRequired { get; set; } = true;

    /// <summary>Minutes from queueing to the deadline; null for none.</summary>
    public int? DeadlineMinutes { get; set; }

    /// <summary>Policies on keys 1 to 9, in this order, comma separated. Never reordered by the console.</summary>
    public string PinnedPolicies { get; set; } = "";

    /// <summary>Actions that may not be chosen here, comma separated.</summary>
    public string HiddenActions { get; set; } = "";

    /// <summary>Archived queues take no new tasks.</summary>
    public bool Archived { get; set; }

    /// <summary>Until when nothing of it is offered, UTC; null while it is open. What is in hand is finished, what comes in waits.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>Who paused it.</summary>
    public Guid? PausedBy { get; set; }

    /// <summary>Why, for those who work it.</summary>
    public string PauseNote { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A person or a team that may work a queue.</summary>
public sealed class QueueAccess
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The queue.</summary>
    public Guid QueueId { get; init; }

    /// <summary>The person, or null where a team is meant.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The team, or null where a person is meant.</summary>
    public Guid? TeamId { get; init; }
}

internal sealed class QueueConfiguration : IEntityTypeConfiguration<CaseQueue>, IEntityTypeConfiguration<QueueAccess>
{
    public void Configure(EntityTypeBuilder<CaseQueue> builder)
    {
        builder.ToTable("queue");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Slug).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Description).HasMaxLength(TextLength.Note);
        builder.Property(row => row.PinnedPolicies).HasMaxLength(TextLength.Note);
        builder.Property(row => row.HiddenActions).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasIndex(row => row.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<QueueAccess> builder)
    {
        builder.ToTable("queue_access");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.QueueId);
        builder.HasIndex(row => row.PersonId);
        builder.HasIndex(row => row.TeamId);
        builder.HasOne<CaseQueue>().WithMany().HasForeignKey(row => row.QueueId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<Team>().WithMany().HasForeignKey(row => row.TeamId);
    }
}
