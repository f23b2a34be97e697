using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Escalations in plain words.</summary>
public static class EscalationWords
{
    /// <summary>Where one stands.</summary>
    public static string Of(EscalationState state) => state switch
    {
        EscalationState.Open => EscalationsText.Open,
        EscalationState.Ruled => EscalationsText.Ruled,
        EscalationState.HandedOn => EscalationsText.HandedOn,
        EscalationState.Withdrawn => EscalationsText.Withdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>How pressing one is.</summary>
    public static string Of(EscalationUrgency urgency) => urgency switch
    {
        EscalationUrgency.Normal => EscalationsText.Normal,
        EscalationUrgency.Urgent => EscalationsText.Urgent,
        EscalationUrgency.Emergency => EscalationsText.Emergency,
        _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
    };

    /// <summary>The chip of how pressing one is.</summary>
    public static string? Chip(EscalationUrgency urgency) => urgency switch
    {
        EscalationUrgency.Emergency => "chip-severe",
        EscalationUrgency.Urgent => "chip-due",
        _ => null,
    };

    /// <summary>The chip of where one stands.</summary>
    public static string? Chip(EscalationState state) => state switch
    {
        EscalationState.Open => "chip-chosen",
        EscalationState.Ruled => "chip-ok",
        _ => null,
    };

    /// <summary>How the case stands.</summary>
    public static string Of(CaseState state) => state switch
    {
        CaseState.Open => EscalationsText.CaseOpen,
        CaseState.Decided => EscalationsText.CaseDecided,
        CaseState.Closed => EscalationsText.CaseClosed,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>On which side someone writes.</summary>
    public static string Of(ThreadSide side) => side switch
    {
        ThreadSide.Asker => EscalationsText.SideAsker,
        ThreadSide.Expert => EscalationsText.SideExpert,
        ThreadSide.Consulted => EscalationsText.SideConsulted,
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    /// <summary>Why people on call were told.</summary>
    public static string Of(AlertKind kind) => kind switch
    {
        AlertKind.Raised => EscalationsText.AlertRaised,
        AlertKind.HalfGone => EscalationsText.AlertHalf,
        AlertKind.NearlyGone => EscalationsText.AlertLate,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What became of a call.</summary>
    public static string Of(AlertLine alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.State switch
        {
            AlertState.Accepted => EscalationsText.AlertAccepted.With(Seconds(alert.EndedAt!.Value - alert.At)),
            AlertState.Pending or AlertState.Sending => alert.Attempts > 1 ? EscalationsText.AlertPending.With(alert.Attempts) : EscalationsText.AlertFirst,
            AlertState.Stopped => EscalationsText.AlertStopped,
            AlertState.NoReceiver => EscalationsText.AlertNoReceiver,
            _ => throw new ArgumentOutOfRangeException(nameof(alert)),
        };
    }

    /// <summary>How the fifteen minutes of an emergency stand.</summary>
    public static string Clock(EscalationView emergency, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(emergency);
        if (emergency.Ruling is { } ruling)
        {
            return EscalationsText.ClockDone.With(Seconds(ruling.At - emergency.AskedAt));
        }

        TimeSpan left = emergency.AskedAt + EmergencyClock.Length - now;
        return left > TimeSpan.Zero ? EscalationsText.ClockLeft.With(Moment.Span(left)) : EscalationsText.ClockOver.With(Moment.Span(-left));
    }

    /// <summary>What became of a message; null where it was written.</summary>
    public static string? Refusal(WriteMessageOutcome outcome) => outcome switch
    {
        WriteMessageOutcome.Written => null,
        WriteMessageOutcome.Empty => EscalationsText.MessageEmpty,
        WriteMessageOutcome.TooLong => EscalationsText.MessageTooLong,
        WriteMessageOutcome.ThreadFull => EscalationsText.MessageFull,
        WriteMessageOutcome.Over => EscalationsText.MessageOver,
        WriteMessageOutcome.NotTheirs or WriteMessageOutcome.NotThere => EscalationsText.MessageNotThere,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What became of asking for an opinion; null where it was asked for.</summary>
    public static string? Refusal(ConsultOutcome outcome) => outcome switch
    {
        ConsultOutcome.Consulted => null,
        ConsultOutcome.AlreadyConsulted => EscalationsText.ConsultAlready,
        ConsultOutcome.CannotAnswer => EscalationsText.ConsultCannot,
        ConsultOutcome.Over or ConsultOutcome.NotThere => EscalationsText.ConsultOver,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    // Below a minute seconds matter here.
    private static string Seconds(TimeSpan length) =>
        length < TimeSpan.FromMinutes(1) ? $"{Math.Max(1, (int)Math.Ceiling(length.TotalSeconds))} s" : Moment.Span(length);
}
