using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>Why people on call are told.</summary>
public enum AlertKind
{
    /// <summary>An emergency was raised.</summary>
    Raised,

    /// <summary>Half of its time is over.</summary>
    HalfGone,

    /// <summary>Four fifths of its time are over.</summary>
    NearlyGone,
}

/// <summary>State of an alert on its way.</summary>
public enum AlertState
{
    Pending,
    Sending,

    /// <summary>On-call's receiver took it.</summary>
    Accepted,

    /// <summary>The emergency ended before the receiver took it.</summary>
    Stopped,

    /// <summary>No receiver is configured; only inboxes tell of it.</summary>
    NoReceiver,
}

/// <summary>A call to people on call: written with what it tells of, sent at once, and again until it is accepted or the emergency is over.</summary>
public sealed class OnCallAlert : IVersioned
{
    /// <summary>Identity; the webhook's id on each try.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The emergency.</summary>
    public Guid EscalationId { get; init; }

    /// <summary>Why.</summary>
    public AlertKind Kind { get; init; }

    /// <summary>Where it goes; fixed when it is written.</summary>
    public string Address { get; init; } = "";

    /// <summary>The exact body; numbers, times and a link, never content.</summary>
    public string Body { get; init; } = "{}";

    /// <summary>State.</summary>
    public AlertState State { get; private set; } = AlertState.Pending;

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not sent before this time, UTC.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>While sending: another node may take it over after this time, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>While sending: the node that took it.</summary>
    public Guid? HeldBy { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>HTTP status of the last try, if there was an answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Code of the last try's problem.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>When it was accepted or stopped, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Writes an alert that is due at once, or one that nobody receives.</summary>
    internal static OnCallAlert Create(Guid id, Guid escalationId, AlertKind kind, string address, string body, DateTimeOffset now) => new()
    {
        Id = id,
        EscalationId = escalationId,
        Kind = kind,
        Address = address,
        Body = body,
        CreatedAt = now,
        NotBefore = now,
        State = address.Length == 0 ? AlertState.NoReceiver : AlertState.Pending,
    };

    /// <summary>A node takes it to send it.</summary>
    public void Begin(DateTimeOffset heldUntil, Guid? node = null)
    {
        if (State is not (AlertState.Pending or AlertState.Sending))
        {
            throw new DomainRuleException("alert.not-pending");
        }

        (State, HeldUntil, HeldBy) = (AlertState.Sending, heldUntil, node);
        Attempts++;
    }

    /// <summary>The node that took it is dead: another may take it now.</summary>
    public void LetGo(DateTimeOffset now)
    {
        Expect(AlertState.Sending);
        (HeldUntil, HeldBy) = (now, null);
    }

    /// <summary>The receiver took it.</summary>
    public void Accept(int? status, DateTimeOffset now)
    {
        Expect(AlertState.Sending);
        (State, LastStatus, LastProblem, EndedAt, HeldUntil, HeldBy) = (AlertState.Accepted, status, null, now, null, null);
    }

    /// <summary>A try did not work; it waits for the next one.</summary>
    public void Retry(int? status, string problem, DateTimeOffset notBefore)
    {
        Expect(AlertState.Sending);
        (State, LastStatus, LastProblem, NotBefore, HeldUntil, HeldBy) = (AlertState.Pending, status, problem, notBefore, null, null);
    }

    /// <summary>The emergency is over; nobody is to be woken for it any more.</summary>
    public void Stop(DateTimeOffset now)
    {
        if (State is not (AlertState.Pending or AlertState.Sending))
        {
            throw new DomainRuleException("alert.not-pending");
        }

        (State, EndedAt, HeldUntil, HeldBy) = (AlertState.Stopped, now, null, null);
    }

    private void Expect(AlertState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"alert.not-{state.ToString().ToLowerInvariant()}");
        }
    }
}

internal sealed class OnCallAlertConfiguration : IEntityTypeConfiguration<OnCallAlert>
{
    public void Configure(EntityTypeBuilder<OnCallAlert> builder)
    {
        builder.ToTable("on_call_alert");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Address).HasMaxLength(2_000);
        builder.Property(row => row.Body).HasMaxLength(TextLength.Note);
        // Each is told of once, whichever node looks at the clock.
        builder.HasIndex(row => new { row.EscalationId, row.Kind }).IsUnique();
        builder.HasIndex(row => new { row.State, row.NotBefore });
        builder.HasOne<Escalation>().WithMany().HasForeignKey(row => row.EscalationId);
    }
}
