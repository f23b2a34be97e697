using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    /// <summary>The person's last ten decisions, newest first.</summary>
    public IReadOnlyList<RecentDecision> Recent { get; private set; } = [];

    /// <summary>Reads the last decisions and what can still be done about each.</summary>
    public async Task ReadRecentAsync()
    {
        Recent = await verdicts.RecentAsync(_closing.Token);
        Changed?.Invoke();
    }

    /// <summary>Reverses one of the last decisions by a decision of its own; true when it is done. What is on the screen stays.</summary>
    public async Task<bool> ReverseAsync(Guid decisionId, string note)
    {
        bool done = false;
        await RunAsync(async () =>
        {
            ReverseResult result = await verdicts.ReverseAsync(decisionId, note, _closing.Token);
            done = result.Outcome == ReverseOutcome.Reversed;
            status.Say(DecisionWords.Reversed(result));
            Recent = await verdicts.RecentAsync(_closing.Token);
        });
        return done;
    }
}
