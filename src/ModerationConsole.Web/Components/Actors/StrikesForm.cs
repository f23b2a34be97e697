using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Web.Components.Actors;

/// <summary>How strikes are counted, while it is changed.</summary>
public sealed class StrikesForm
{
    private const int MostSteps = 5;

    public List<WeightLine> Weights { get; init; } = [];

    public List<StepLine> Steps { get; init; } = [];

    /// <summary>What is set now, with room for more steps.</summary>
    public static StrikesForm Of(StrikeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<StepLine> steps = [.. table.Steps.Select(step => new StepLine { Count = step.Count, ActionId = step.ActionId, Automatic = step.Automatic })];
        while (steps.Count < MostSteps)
        {
            steps.Add(new StepLine());
        }

        return new StrikesForm
        {
            Weights = [.. table.Weights.Select(weight => new WeightLine { Severity = weight.Severity, Count = weight.Count, Days = weight.ExpiryDays })],
            Steps = steps,
        };
    }

    /// <summary>The table that is wanted; a step without an action is none.</summary>
    public StrikeTable ToTable() => new(
        [.. Weights.Select(line => new StrikeWeight(line.Severity, line.Count ?? -1, line.Days ?? 0))],
        [.. Steps.Where(line => !string.IsNullOrEmpty(line.ActionId)).Select(line => new StrikeStep(line.Count ?? 0, line.ActionId!, line.Automatic)).OrderBy(step => step.Count)]);

    /// <summary>What violations of a severity weigh.</summary>
    public sealed class WeightLine
    {
        public Severity Severity { get; init; }

        public int? Count { get; set; }

        public int? Days { get; set; }
    }

    /// <summary>What is recommended, or ordered, at a number.</summary>
    public sealed class StepLine
    {
        public int? Count { get; set; }

        public string? ActionId { get; set; }

        public bool Automatic { get; set; }
    }
}
