namespace ModerationConsole.Core.Escalations;

/// <summary>Under which keys people are told of an escalation in their inboxes: told again, it replaces what was told.</summary>
public static class EscalationKeys
{
    /// <summary>It was addressed to the person.</summary>
    public static string Asked(Escalation escalation) => Of("asked", escalation);

    /// <summary>It was answered.</summary>
    public static string Answered(Escalation escalation) => $"answer:{escalation?.Id}";

    /// <summary>Its thread holds something new.</summary>
    public static string Thread(Escalation escalation) => Of("thread", escalation);

    /// <summary>The person's opinion is asked for.</summary>
    public static string Consulted(Escalation escalation) => Of("consult", escalation);

    /// <summary>It is an emergency.</summary>
    public static string Emergency(Escalation escalation) => Of("emergency", escalation);

    private static string Of(string what, Escalation escalation)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        return FormattableString.Invariant($"{what}:{escalation.ExpertTask}");
    }
}
