namespace ModerationConsole.Core.Access;

/// <summary>A transition was asked of an object whose state does not allow it: a defect in the caller, never an expected refusal.</summary>
/// <param name="code">Stable code of the rule, e.g. <c>task.not-leased</c>.</param>
public sealed class DomainRuleException(string code) : Exception($"Rule broken: {code}.")
{
    /// <summary>Stable code of the rule.</summary>
    public string Code { get; } = code;
}
