using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>What changed, for whoever watches. Numbers and states, never content.</summary>
public enum LiveKind
{
    CaseQueued,
    CaseChanged,
    QueueChanged,
    DecisionRecorded,
    LeaseEnded,
    DeliveryChanged,
    MediaChanged,
    PersonChanged,
    ConfigurationChanged,
    Alarm,
    InboxChanged,
    BatchChanged,

    /// <summary>Never stored: this node missed changes of any kind, so whoever watches reads anew what it shows.</summary>
    Missed,
}

/// <summary>One change, written with it in the same transaction and tailed by every node in order of <see cref="Sequence"/>.</summary>
public sealed class OutboxEvent
{
    /// <summary>Order of writing.</summary>
    public long Sequence { get; init; }

    /// <summary>What changed.</summary>
    public LiveKind Kind { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The case concerned.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>The task concerned.</summary>
    public long? TaskNumber { get; init; }

    /// <summary>The queue concerned.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>The person concerned; such events reach only that person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>New state or code of what changed.</summary>
    public string? State { get; init; }

    /// <summary>Whether only people and keys with the child-safety permission may learn of it.</summary>
    public bool ChildSafety { get; init; }
}

/// <summary>Publishes from inside a write.</summary>
public static class Outbox
{
    /// <summary>Adds an event to this operation's transaction.</summary>
    public static void Publish(
        this WriteScope scope,
        LiveKind kind,
        long? caseNumber = null,
        long? taskNumber = null,
        Guid? queueId = null,
        Guid? personId = null,
        string? state = null,
        bool childSafety = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (kind == LiveKind.Missed)
        {
            throw new ArgumentException("A node tells itself what it missed; nobody publishes it.", nameof(kind));
        }

        scope.Append(new OutboxEvent
        {
            Kind = kind,
            At = scope.Now,
            CaseNumber = caseNumber,
            TaskNumber = taskNumber,
            QueueId = queueId,
            PersonId = personId,
            State = state,
            ChildSafety = childSafety,
        });
    }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.State).HasMaxLength(TextLength.Id);
    }
}
