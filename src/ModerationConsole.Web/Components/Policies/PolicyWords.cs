using ModerationConsole.Core.Policies;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Policies in plain words.</summary>
public static class PolicyWords
{
    /// <summary>How bad a violation is.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.None => PoliciesText.SeverityNone,
        Severity.Low => PoliciesText.SeverityLow,
        Severity.Medium => PoliciesText.SeverityMedium,
        Severity.High => PoliciesText.SeverityHigh,
        Severity.Severe => PoliciesText.SeveritySevere,
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    /// <summary>Where a policy is read.</summary>
    public static string Address(string id) => $"policies/{Uri.EscapeDataString(id)}";
}
