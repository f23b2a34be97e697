using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What is done to each case of a batch.</summary>
public enum BulkAct
{
    /// <summary>One verdict for all, each a decision of its own.</summary>
    Decide,

    /// <summary>Their waiting tasks go to another queue.</summary>
    Move,

    /// <summary>They are closed without a verdict.</summary>
    Close,
}

/// <summary>Where a batch stands.</summary>
public enum BatchState
{
    /// <summary>It shows what would happen; nothing has.</summary>
    Proposed,
    Running,

    /// <summary>Stopped half-way by its maker: what was done stands.</summary>
    Cancelled,
    Done,
    TakingBack,
    TakenBack,
}

/// <summary>Something that one person does to many cases. Each case is its own transaction with its own audit entry.</summary>
public sealed class BulkBatch : IVersioned
{
    /// <summary>The number people say aloud.</summary>
    public long Number { get; init; }

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who does it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What is done.</summary>
    public BulkAct Act { get; init; }

    /// <summary>How, as JSON; read it through <see cref="BulkOrder.Read"/>.</summary>
    public string Content { get; init; } = "{}";

    /// <summary>Where it stands.</summary>
    public BatchState State { get; private set; } = BatchState.Proposed;

    /// <summary>When it was proposed, UTC.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it was through or stopped, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It begins.</summary>
    public void Start(DateTimeOffset now)
    {
        Expect(BatchState.Proposed);
        (State, StartedAt) = (BatchState.Running, now);
    }

    /// <summary>It stops half-way.</summary>
    public void Cancel(DateTimeOffset now)
    {
        Expect(BatchState.Running);
        (State, EndedAt) = (BatchState.Cancelled, now);
    }

    /// <summary>Nothing of it is left to do.</summary>
    public void Finish(DateTimeOffset now)
    {
        if (State is not (BatchState.Running or BatchState.TakingBack))
        {
            throw new DomainRuleException("batch.not-running");
        }

        (State, EndedAt) = (State == BatchState.Running ? BatchState.Done : BatchState.TakenBack, now);
    }

    /// <summary>What was done is taken back, case by case.</summary>
    public void TakeBack()
    {
        if (State is not (BatchState.Done or BatchState.Cancelled))
        {
            throw new DomainRuleException("batch.not-over");
        }

        State = BatchState.TakingBack;
    }

    private void Expect(BatchState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"batch.not-{state.ToString().ToLowerInvariant()}");
        }
    }
}

/// <summary>Where a case of a batch stands.</summary>
public enum MemberState
{
    Waiting,
    Done,

    /// <summary>Nothing was done to it; <see cref="BatchMember.Reason"/> says why.</summary>
    LeftOut,

    /// <summary>Done, and taken back inside the window or where nothing had left.</summary>
    TakenBack,

    /// <summary>Done, and replaced by a decision of its own afterwards.</summary>
    Reversed,

    /// <summary>Done, and it could not be taken back.</summary>
    Stands,
}

/// <summary>Why nothing was done to a case, or why it stands.</summary>
public enum LeftOutReason
{
    None,

    /// <summary>Something about it changed since it was proposed.</summary>
    Changed,

    /// <summary>Someone works on it.</summary>
    InHand,

    /// <summary>It is not open.</summary>
    NotOpen,

    /// <summary>It must be looked at by itself: child safety, an emergency, a complaint.</summary>
    Alone,

    /// <summary>Its queue is not for its maker, or they had a hand in it.</summary>
    NotYours,

    /// <summary>The verdict or an action does not fit it.</summary>
    DoesNotFit,

    /// <summary>It is there already.</summary>
    SameQueue,

    /// <summary>The decision was replaced or the case went on since.</summary>
    WentOn,
}

/// <summary>A case of a batch, as it was when the batch was proposed, and what became of it.</summary>
public sealed class BatchMember : IVersioned
{
    /// <summary>The batch.</summary>
    public long BatchNumber { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Number of changes of the case then.</summary>
    public long CaseStamp { get; init; }

    /// <summary>The task that waited then.</summary>
    public long? TaskNumber { get; init; }

    /// <summary>The queue it waited in.</summary>
    public Guid? FromQueueId { get; init; }

    /// <summary>Where it stands.</summary>
    public MemberState State { get; set; }

    /// <summary>Why it is left out or stands.</summary>
    public LeftOutReason Reason { get; set; }

    /// <summary>The decision made.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>When that happened, UTC.</summary>
    public DateTimeOffset? At { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class BulkConfiguration : IEntityTypeConfiguration<BulkBatch>, IEntityTypeConfiguration<BatchMember>
{
    public void Configure(EntityTypeBuilder<BulkBatch> builder)
    {
        builder.ToTable("bulk_batch");
        builder.HasKey(row => row.Number);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => row.State);
        builder.HasIndex(row => row.PersonId);
        builder.Property(row => row.Content).HasMaxLength(TextLength.Text);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<BatchMember> builder)
    {
        builder.ToTable("bulk_member");
        builder.HasKey(row => new { row.BatchNumber, row.CaseNumber });
        builder.HasIndex(row => new { row.BatchNumber, row.State, row.CaseNumber });
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => row.DecisionId);
        builder.HasOne<BulkBatch>().WithMany().HasForeignKey(row => row.BatchNumber);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }
}
