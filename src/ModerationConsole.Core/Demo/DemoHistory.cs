using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Demo;

/// <summary>Some work that a moderator of the demo has done already, so that cases have a past.</summary>
internal sealed class DemoHistory(ClaimNextCase claimNextCase, DecideCase decideCase, EscalateCase escalateCase)
{
    /// <summary>Decides what waits as the demo's posts say, and asks an expert about those that there is a precedent of.</summary>
    /// <param name="cases">For each post, the number of its case.</param>
    public async Task DecideAsync(Guid moderator, IReadOnlyDictionary<string, long> cases, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Person(moderator);
        Dictionary<long, DemoPost> posts = DemoContent.Posts.Where(post => cases.ContainsKey(post.Id)).ToDictionary(post => cases[post.Id]);
        foreach (long _ in cases.Values)
        {
            ClaimResult claimed = await claimNextCase.RunAsync(caller, null, LeaseSlot.Shown, cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(claimed.Task is not null, "history");
            LeasedTask task = claimed.Task!;
            if (DemoContent.Precedents.FirstOrDefault(one => one.Post == posts[task.CaseNumber].Id) is { } asked)
            {
                EscalateResult result = await escalateCase.RunAsync(caller, task.TaskNumber, task.Fence, asked.Question, cancellationToken).ConfigureAwait(false);
                DemoParts.Expect(result.Outcome == EscalateOutcome.Escalated, asked.Post);
                continue;
            }

            DecideResult decided = await decideCase.RunAsync(caller, Command(task, posts[task.CaseNumber]), cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(decided.Outcome == DecideOutcome.Decided, posts[task.CaseNumber].Id);
        }
    }

    /// <summary>What a post was found to be.</summary>
    public static DecideCommand Command(LeasedTask task, DemoPost post)
    {
        if (post.Decided == "allow")
        {
            return new DecideCommand(task.TaskNumber, task.Fence, Verdict.Allow);
        }

        DemoPolicy policy = DemoContent.Policies.Single(policy => policy.Id == post.Decided);
        return new DecideCommand(task.TaskNumber, task.Fence, Verdict.Violation)
        {
            PolicyId = policy.Id,
            ReasonForUser = policy.Reasons?[0],
            Actions = [.. (policy.Actions ?? []).Select(action => new ActionOrder(action, action is "act_suspend_7d" or "act_close_account" ? ActionTarget.Author : ActionTarget.Item))],
        };
    }
}
