namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>The time in which an emergency is to be answered, and when people are told again.</summary>
public static class EmergencyClock
{
    private const double Half = 0.5;
    private const double Most = 0.8;

    /// <summary>From when it was raised.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>When people are told of it, counted from when it was raised.</summary>
    public static TimeSpan At(AlertKind kind) => kind switch
    {
        AlertKind.Raised => TimeSpan.Zero,
        AlertKind.HalfGone => Length * Half,
        AlertKind.NearlyGone => Length * Most,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
