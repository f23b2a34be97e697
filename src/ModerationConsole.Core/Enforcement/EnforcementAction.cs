using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>State of an action on its way.</summary>
public enum EnforcementState
{
    Pending,
    Delivering,
    Delivered,
    Failed,
    Cancelled,
}

/// <summary>What a delivery tells the platform.</summary>
public enum DeliveryKind
{
    /// <summary>To do something.</summary>
    Action,

    /// <summary>What became of an appeal.</summary>
    AppealResult,

    /// <summary>What became of a notice.</summary>
    NoticeResult,

    /// <summary>That the clock of a notice runs out, or that nobody could take what it waits for.</summary>
    ClockAlert,

    /// <summary>To do what is set for a number of strikes, or to take that back.</summary>
    StrikeAction,
}

/// <summary>An action on its way to the platform: written with the decision, sent after the undo window, retried until a bound.</summary>
public sealed class EnforcementAction : IVersioned
{
    /// <summary>Identity; the webhook's id on each try.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The decision that ordered it; null where a program did.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>The case, if one.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>What it tells.</summary>
    public DeliveryKind Kind { get; init; }

    /// <summary>What is to be done; null where nothing is, only told.</summary>
    public string? ActionId { get; init; }

    /// <summary>To what.</summary>
    public ActionTarget Target { get; init; }

    /// <summary>Type of the target item on the platform.</summary>
    public string TargetTypeId { get; init; } = "";

    /// <summary>Id of the target item on the platform.</summary>
    public string TargetItemId { get; init; } = "";

    /// <summary>Where it goes; fixed when it is written.</summary>
    public string CallbackUrl { get; init; } = "";

    /// <summary>The exact body; fixed when it is written, so that each try is the same.</summary>
    public string Body { get; init; } = "{}";

    /// <summary>State.</summary>
    public EnforcementState State { get; private set; } = EnforcementState.Pending;

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not sent before this time, UTC: end of the undo window, then end of the back-off.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>While delivering: another node may take it over after this time, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>While delivering: the node that took it; null where that was known to nobody.</summary>
    public Guid? HeldBy { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>HTTP status of the last try, if there was an answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Code of the last try's problem.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>When it was delivered, failed for good or was cancelled, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>A node takes it to send it.</summary>
    /// <param name="heldUntil">When another may take it whatever became of that node, UTC.</param>
    /// <param name="node">The node.</param>
    public void Begin(DateTimeOffset heldUntil, Guid? node = null)
    {
        if (State is not (EnforcementState.Pending or EnforcementState.Delivering))
        {
            throw new DomainRuleException("enforcement.not-pending");
        }

        State = EnforcementState.Delivering;
        HeldUntil = heldUntil;
        HeldBy = node;
        Attempts++;
    }

    /// <summary>The node that took it is dead: another may take it now.</summary>
    public void LetGo(DateTimeOffset now)
    {
        Expect(EnforcementState.Delivering);
        HeldUntil = now;
        HeldBy = null;
    }

    /// <summary>The platform accepted it, or nobody is to be told.</summary>
    public void Deliver(int? status, DateTimeOffset now)
    {
        Expect(EnforcementState.Delivering);
        State = EnforcementState.Delivered;
        LastStatus = status;
        LastProblem = null;
        HeldUntil = null;
        HeldBy = null;
        EndedAt = now;
    }

    /// <summary>A try did not work; it waits for the next one.</summary>
    public void Retry(int? status, string problem, DateTimeOffset notBefore)
    {
        Expect(EnforcementState.Delivering);
        State = EnforcementState.Pending;
        LastStatus = status;
        LastProblem = problem;
        HeldUntil = null;
        HeldBy = null;
        NotBefore = notBefore;
    }

    /// <summary>The bound of tries is reached.</summary>
    public void Fail(int? status, string problem, DateTimeOffset now)
    {
        Expect(EnforcementState.Delivering);
        State = EnforcementState.Failed;
        LastStatus = status;
        LastProblem = problem;
        HeldUntil = null;
        HeldBy = null;
        EndedAt = now;
    }

    /// <summary>The decision was undone before anything was sent.</summary>
    public void Cancel(DateTimeOffset now)
    {
        Expect(EnforcementState.Pending);
        State = EnforcementState.Cancelled;
        EndedAt = now;
    }

    /// <summary>Someone sends a failed one again.</summary>
    public void Replay(DateTimeOffset now)
    {
        Expect(EnforcementState.Failed);
        State = EnforcementState.Pending;
        Attempts = 0;
        NotBefore = now;
        EndedAt = null;
    }

    private void Expect(EnforcementState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"enforcement.not-{state.ToString().ToLowerInvariant()}");
        }
    }
}

internal sealed class EnforcementConfiguration : IEntityTypeConfiguration<EnforcementAction>
{
    public void Configure(EntityTypeBuilder<EnforcementAction> builder)
    {
        builder.ToTable("enforcement_action");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ActionId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.TargetTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.TargetItemId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.CallbackUrl).HasMaxLength(2_000);
        builder.Property(row => row.Body).HasMaxLength(TextLength.Document);
        builder.HasIndex(row => new { row.State, row.NotBefore });
        builder.HasIndex(row => row.CreatedAt);
        builder.HasIndex(row => row.DecisionId);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<ActionDefinition>().WithMany().HasForeignKey(row => row.ActionId);
    }
}
