namespace ModerationConsole.Core.Policies;

/// <summary>Which version of a policy is in force when: a pure function of the versions and the moment.</summary>
public static class PolicyInForce
{
    /// <summary>The version in force at a moment: of those that apply by then the newest; null before the first.</summary>
    public static PolicyVersion? At(IEnumerable<PolicyVersion> versions, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return versions.Where(version => version.EffectiveFrom <= moment).MaxBy(version => version.Number);
    }

    /// <summary>
    /// Whether the version that a policy names is still the one in force at a moment. A version that is agreed upon takes its place at
    /// its time and not when a pass of the background has come round: between the two nobody decides by the old words.
    /// </summary>
    /// <param name="nextFrom">From when on the next version applies; null while none is agreed upon.</param>
    public static bool Holds(DateTimeOffset? nextFrom, DateTimeOffset moment) => nextFrom is not { } from || moment < from;
}
