using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Inbox;

/// <summary>What an entry of an inbox is about.</summary>
public enum InboxKind
{
    /// <summary>A question that the person asked was answered.</summary>
    EscalationAnswered,

    /// <summary>A task was given to the person by name.</summary>
    TaskAssigned,

    /// <summary>What the person had begun to write about a case that left them is kept.</summary>
    DraftKept,

    /// <summary>A batch of the person's is through.</summary>
    BatchFinished,

    /// <summary>Tasks of a queue that the person looks after are due soon or past due.</summary>
    DueSoon,

    /// <summary>Nobody may take some tasks of a queue that the person looks after.</summary>
    NobodyMayTake,

    /// <summary>A decision of the person's was judged again, and what was found can be read.</summary>
    ResultReady,

    /// <summary>The person found decisions wrong and has yet to say why.</summary>
    ResultsToExplain,

    /// <summary>Disputes about results wait for someone like the person.</summary>
    DisputesOpen,

    /// <summary>A dispute of the person's was decided.</summary>
    DisputeDecided,

    /// <summary>A policy was found to leave a case open, and the person may write policies.</summary>
    PolicyQuestion,

    /// <summary>A lead sent the person a case with a note.</summary>
    CoachingReceived,

    /// <summary>A calibration session that the person is in asks for their votes, or shows what came of them.</summary>
    CalibrationMoved,

    /// <summary>A question was addressed to the person by name.</summary>
    EscalationAsked,

    /// <summary>Something new stands in the thread of an escalation that the person has to do with.</summary>
    EscalationMessage,

    /// <summary>An expert asks the person for an opinion.</summary>
    ExpertConsulted,

    /// <summary>An emergency was raised, or its time runs out.</summary>
    EmergencyRaised,

    /// <summary>The clock of a legal notice runs out, or nobody could take what it waits for.</summary>
    ClockRunning,

    /// <summary>A policy has new words, and precedents that the person wrote for the former are offered no more.</summary>
    PrecedentsSuperseded,

    /// <summary>The person is asked to agree to a draft of a policy.</summary>
    PolicyDraftAsked,

    /// <summary>Someone agreed to a draft that the person asked about.</summary>
    PolicyDraftAgreed,

    /// <summary>A draft that the person asked about was sent back.</summary>
    PolicyDraftReturned,

    /// <summary>A program's key is about to end, and the person manages keys.</summary>
    KeyEnding,

    /// <summary>Someone asks to act on many cases at once, and the person may say yes or no.</summary>
    BatchAsked,

    /// <summary>A batch that the person asked for was answered, or waited too long.</summary>
    BatchAnswered,

    /// <summary>Someone uses the console far more than work does, and the person looks into such alarms.</summary>
    AlarmRaised,

    /// <summary>It is asked who still needs what, and the person may answer for others.</summary>
    AccessReviewDue,

    /// <summary>Someone took another role for a while, and the person reviews that.</summary>
    GlassBroken,

    /// <summary>A role waits for a second administrator, and the person may agree.</summary>
    RoleAsked,
}

/// <summary>
/// Something that a person was told of, or a mark that they settled what a source tells by itself. Holds ids and codes, never
/// content.
/// </summary>
public sealed class InboxItem : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose it is.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What it is about, unique for the person: told again it replaces what was told.</summary>
    public string Key { get; init; } = "";

    /// <summary>What it is about.</summary>
    public InboxKind Kind { get; set; }

    /// <summary>When it was told, UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The case, where it is about one.</summary>
    public long? CaseNumber { get; set; }

    /// <summary>The task, where it is about one.</summary>
    public long? TaskNumber { get; set; }

    /// <summary>A code or an id that says more: a verdict, a queue, a batch.</summary>
    public string? Subject { get; set; }

    /// <summary>When the person settled it, UTC; null while it needs them.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class InboxConfiguration : IEntityTypeConfiguration<InboxItem>
{
    public void Configure(EntityTypeBuilder<InboxItem> builder)
    {
        builder.ToTable("inbox_item");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Key).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Subject).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => new { row.PersonId, row.Key }).IsUnique();
        builder.HasIndex(row => new { row.PersonId, row.SettledAt, row.At });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
