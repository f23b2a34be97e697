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

    /// <summary>More than one person may do alone: it waits for a second one. Nothing has happened.</summary>
    Asked,

    /// <summary>The second person said no.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,
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

    /// <summary>When a second person was asked, UTC.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Why it is to be done, for the second person.</summary>
    public string? AskReason { get; private set; }

    /// <summary>The second person who answered.</summary>
    public Guid? AnsweredBy { get; private set; }

    /// <summary>What they said.</summary>
    public string? AnswerNote { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It waits for a second person.</summary>
    public void Ask(string reason, DateTimeOffset now)
    {
        Expect(BatchState.Proposed);
        (State, AskReason, AskedAt) = (BatchState.Asked, reason, now);
    }

    /// <summary>The second person says yes: it begins.</summary>
    public void Approve(Guid by, string? note, DateTimeOffset now)
    {
        Answer(by, note);
        (State, StartedAt) = (BatchState.Running, now);
    }

    /// <summary>The second person says no.</summary>
    public void Decline(Guid by, string note, DateTimeOffset now)
    {
        Answer(by, note);
        (State, EndedAt) = (BatchState.Declined, now);
    }

    /// <summary>Nobody answered in time.</summary>
    public void Lapse(DateTimeOffset now)
    {
        Expect(BatchState.Asked);
        (State, EndedAt) = (BatchState.Lapsed, now);
    }

    /// <summary>It begins.</summary>
    public void Start(DateTimeOffset now)
    {
        Expect(BatchState.Proposed);
        (State, StartedAt) = (BatchState.Running, now);
    }

    /// <summary>It stops half-way, or is withdrawn before anyone answered.</summary>
    public void Cancel(DateTimeOffset now)
    {
        if (State != BatchState.Asked)
        {
            Expect(BatchState.Running);
        }

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

    private void Answer(Guid by, string? note)
    {
        Expect(BatchState.Asked);
        if (by == PersonId)
        {
            throw new DomainRuleException("batch.own");
        }

        (AnsweredBy, AnswerNote) = (by, note);
    }

    private void Expect(BatchState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"batch.not-{state.ToString().ToLowerInvariant()}");
        }
    }
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
        builder.Property(row => row.AskReason).HasMaxLength(TextLength.Line);
        builder.Property(row => row.AnswerNote).HasMaxLength(TextLength.Line);
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
