using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Demo;

/// <summary>The policies and actions of the demo. Its actions have no address: they are recorded, and nobody is told.</summary>
internal sealed class DemoRules(SaveAction saveAction, SavePolicy savePolicy)
{
    private static readonly ActionDraft[] s_actions =
    [
        new("act_restore", "Put the post back") { Description = "It is seen as before." },
        new("act_remove", "Remove the post") { Description = "Nobody but its author sees it.", ReversalActionId = "act_restore" },
        new("act_label", "Show a warning first") { Description = "People choose to see it." },
        new("act_restrict", "Limit how far it spreads") { Description = "Only those who look for it are shown it." },
        new("act_suspend_7d", "Suspend the author for 7 days") { Description = "The author can read but not post.", Target = ActionTarget.Author },
        new("act_close_account", "Close the author's account")
        {
            Description = "The account and all it posted are gone.", Target = ActionTarget.Author, Reversible = false,
        },
        new("act_remove_related", "Remove related items") { Description = "Nobody but their authors sees them.", Target = ActionTarget.RelatedItem },
    ];

    /// <summary>Adds actions and policies.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        foreach (ActionDraft action in s_actions)
        {
            SaveActionOutcome saved = await saveAction.RunAsync(Caller.System, action, cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(saved == SaveActionOutcome.Saved, action.Id);
        }

        foreach (DemoPolicy policy in DemoContent.Policies)
        {
            SavePolicyOutcome saved = await savePolicy.RunAsync(
                Caller.System,
                new PolicyDraft(
                    policy.Id, policy.Code, policy.Name, policy.ParentId, policy.Severity, policy.Text, policy.Guidance,
                    policy.Actions ?? [], string.Join('\n', policy.Reasons ?? [])),
                cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(saved == SavePolicyOutcome.Saved, policy.Id);
        }
    }
}
