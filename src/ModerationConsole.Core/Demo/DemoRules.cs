using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Demo;

/// <summary>The policies and actions of the demo.</summary>
internal sealed class DemoRules(WritePath writes)
{
    private static readonly (string Id, string Name, string Description, ActionTarget Target, bool Reversible, string? Reversal)[] s_actions =
    [
        ("act_remove", "Remove the post", "Nobody but its author sees it.", ActionTarget.Item, true, "act_restore"),
        ("act_restore", "Put the post back", "It is seen as before.", ActionTarget.Item, true, null),
        ("act_label", "Show a warning first", "People choose to see it.", ActionTarget.Item, true, null),
        ("act_restrict", "Limit how far it spreads", "It is no longer recommended.", ActionTarget.Item, true, null),
        ("act_suspend_7d", "Suspend the author for 7 days", "The author can read but not post.", ActionTarget.Author, true, null),
        ("act_close_account", "Close the author's account", "The account and all it posted are gone.", ActionTarget.Author, false, null),
        ("act_remove_related", "Remove related items", "Nobody but their authors sees them.", ActionTarget.RelatedItem, true, null),
    ];

    /// <summary>Adds actions and policies.</summary>
    public Task<int> AddAsync(CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            foreach (var (id, name, description, target, reversible, reversal) in s_actions)
            {
                scope.Db.Add(new ActionDefinition { Id = id, Name = name, Description = description, Target = target, Reversible = reversible, ReversalActionId = reversal });
                scope.Record(Caller.System, AuditAct.ActionDefinitionChanged, subject: id);
            }

            foreach (DemoPolicy policy in DemoContent.Policies)
            {
                scope.Db.Add(new Policy
                {
                    Id = policy.Id,
                    Code = policy.Code,
                    Name = policy.Name,
                    ParentId = policy.ParentId,
                    Severity = policy.Severity,
                    RecommendedActions = string.Join(',', policy.Actions ?? []),
                    ReasonTemplates = string.Join('\n', policy.Reasons ?? []),
                });
                scope.Db.Add(new PolicyVersion
                {
                    PolicyId = policy.Id,
                    Number = 1,
                    Name = policy.Name,
                    Text = policy.Text,
                    Guidance = policy.Guidance,
                    Severity = policy.Severity,
                    EffectiveFrom = scope.Now,
                });
                scope.Record(Caller.System, AuditAct.PolicyChanged, subject: policy.Id);
            }

            return await scope.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        },
        cancellationToken);
}
