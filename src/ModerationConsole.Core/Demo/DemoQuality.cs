using ModerationConsole.Core.Access;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Demo;

/// <summary>A sampling plan to look at and activate. It draws nothing by itself: a demo should not judge its visitors unasked.</summary>
internal sealed class DemoQuality(SavePlan savePlan)
{
    /// <summary>Adds the draft of a lead.</summary>
    public async Task AddAsync(Guid lead, CancellationToken cancellationToken)
    {
        SavedPlan saved = await savePlan.RunAsync(
            Caller.Person(lead),
            new PlanDraft(
                null, "Weekly quality", 0.08,
                [
                    new("New moderators", 0.25, new StratumConditions { TenureBelowDays = 28 }),
                    new("Severe policies", 0.15, new StratumConditions { Severities = [Severity.Severe] }),
                ]),
            cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(saved.Outcome == SavePlanOutcome.Saved, "sampling plan");
    }
}
