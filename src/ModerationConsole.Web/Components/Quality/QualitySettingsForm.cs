using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Settings of quality while they are changed; shares in percent.</summary>
public sealed class QualitySettingsForm
{
    public double? GoldenPercent { get; set; }

    public double? TargetPercent { get; set; }

    public List<PolicyLine> Weights { get; init; } = [];

    /// <summary>What is set now.</summary>
    public static QualitySettingsForm Of(QualityRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new QualitySettingsForm
        {
            GoldenPercent = PlanForm.Percent(rules.GoldenRate),
            TargetPercent = PlanForm.Percent(rules.TargetAccuracy),
            Weights = [.. rules.Weights.Select(weight => new PolicyLine(weight.PolicyId, $"{weight.Code} {weight.Name}", weight.Severity, weight.BySeverity) { Own = weight.Own })],
        };
    }

    /// <summary>A policy with its weight.</summary>
    public sealed record PolicyLine(string PolicyId, string Name, Severity Severity, double BySeverity)
    {
        public double? Own { get; set; }
    }
}
