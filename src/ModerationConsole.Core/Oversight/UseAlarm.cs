using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight;

/// <summary>What of the console's use is counted by person.</summary>
public enum UseKind
{
    /// <summary>Media seen above its blurred still, and personal fields without their mask.</summary>
    Reveals,

    /// <summary>Seen so outside a task, for a stated reason.</summary>
    RevealsByReason,

    /// <summary>Files that left the console, proofs included.</summary>
    Exports,

    /// <summary>Cases, accounts and entries of the audit that were looked for or opened outside a task.</summary>
    LookUps,
}

/// <summary>Someone used the console far more than work does. Says who, what, how often and when; never what they saw.</summary>
public sealed class UseAlarm : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whom it is about.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What was counted.</summary>
    public UseKind Kind { get; init; }

    /// <summary>Over how many hours.</summary>
    public int Hours { get; init; }

    /// <summary>Which alarm of that kind and window about the person it is. Part of the key: two that are raised at once are one.</summary>
    public int Ordinal { get; init; }

    /// <summary>How often it happened in the window before it was raised.</summary>
    public int Count { get; init; }

    /// <summary>How often it may happen without an alarm.</summary>
    public int Most { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was closed, UTC; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Who closed it.</summary>
    public Guid? ClosedBy { get; private set; }

    /// <summary>What whoever closed it found.</summary>
    public string? Note { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It was looked into.</summary>
    public void Close(Guid by, string note, DateTimeOffset now)
    {
        if (ClosedAt is not null || by == PersonId)
        {
            throw new DomainRuleException("alarm.not-open");
        }

        (ClosedAt, ClosedBy, Note) = (now, by, note);
    }
}

internal sealed class UseAlarmConfiguration : IEntityTypeConfiguration<UseAlarm>
{
    public void Configure(EntityTypeBuilder<UseAlarm> builder)
    {
        builder.ToTable("use_alarm");
        builder.HasKey(row => new { row.PersonId, row.Kind, row.Hours, row.Ordinal });
        builder.HasIndex(row => row.Id);
        builder.HasIndex(row => new { row.ClosedAt, row.RaisedAt });
        builder.Property(row => row.Note).HasMaxLength(TextLength.Line);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
