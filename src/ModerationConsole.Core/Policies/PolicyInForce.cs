namespace ModerationConsole.Core.Policies;

/// <summary>Whether a version of a policy is in force: pure functions of the moment.</summary>
public static class PolicyInForce
{
    // By then a pass of the background has come round many times.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the version that a policy names is still the one in force at a moment. A version that is agreed upon takes its place at
    /// its time and not when a pass of the background has come round: between the two nobody decides by the old words.
    /// </summary>
    /// <param name="nextFrom">From when on the next version applies; null while none is agreed upon.</param>
    public static bool Holds(DateTimeOffset? nextFrom, DateTimeOffset moment) => nextFrom is not { } from || moment < from;

    /// <summary>
    /// Whether a version that is agreed upon can be taken back: until its time, and again when its time is long over and something keeps
    /// it from coming into force, for until one or the other nobody can decide by the policy.
    /// </summary>
    public static bool CanBeTakenBack(DateTimeOffset? nextFrom, DateTimeOffset moment) => Holds(nextFrom, moment) || moment > nextFrom + s_patience;
}
