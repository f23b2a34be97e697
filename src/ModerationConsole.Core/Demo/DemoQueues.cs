using ModerationConsole.Core.Access;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Core.Demo;

/// <summary>The queues of the demo, who may work them, and the routing table.</summary>
internal sealed class DemoQueues(SaveQueue saveQueue, SetQueueAccess setQueueAccess, ListRouting listRouting, SaveRouting saveRouting)
{
    private static readonly string[] s_respect = ["pol_threats", "pol_harassment", "pol_doxxing", "pol_hate", "pol_selfharm"];
    private static readonly string[] s_goods = ["pol_scam", "pol_counterfeit", "pol_regulated", "pol_spam", "pol_impersonation"];
    private static readonly string[] s_mixed = ["pol_spam", "pol_harassment", "pol_graphic", "pol_health", "pol_scam"];

    /// <summary>Adds queues, access and routing.</summary>
    public async Task AddAsync(Guid expert, Guid reviewTeam, CancellationToken cancellationToken)
    {
        Guid respect = await AddAsync(
            new(null, "Harassment · English", "harassment-en", Description: "Threats, hate, harassment and private information.", DeadlineMinutes: 120, PinnedPolicies: s_respect),
            [], [reviewTeam], cancellationToken).ConfigureAwait(false);
        Guid goods = await AddAsync(
            new(null, "Goods and scams", "goods", Description: "Offers, fraud and spam.", DeadlineMinutes: 480, PinnedPolicies: s_goods),
            [], [reviewTeam], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "General", "general", Description: "Everything that no other queue takes.", IsDefault: true, PinnedPolicies: s_mixed),
            [], [reviewTeam], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "Anyone", "anyone", Description: "What nobody could take where it waited.", IsFallback: true, PinnedPolicies: s_mixed),
            [], [reviewTeam], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "Policy experts", "experts", QueueKind.Expert, "Questions from moderators.", DeadlineMinutes: 1_440, PinnedPolicies: s_respect),
            [expert], [], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "Emergency", "emergency", QueueKind.Emergency, "Threat to life.", DeadlineMinutes: 15, PinnedPolicies: s_respect),
            [expert], [], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "Child safety", "child-safety", QueueKind.ChildSafety, "For people with that permission only.", DeadlineMinutes: 60),
            [expert], [], cancellationToken).ConfigureAwait(false);
        await AddAsync(
            new(null, "Appeals", "appeals", QueueKind.Appeals, "People who object to a decision.", DeadlineMinutes: 10_080, PinnedPolicies: s_respect),
            [expert], [], cancellationToken).ConfigureAwait(false);
        await RouteAsync(respect, goods, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Guid> AddAsync(QueueSettings queue, Guid[] people, Guid[] teams, CancellationToken cancellationToken)
    {
        SavedQueue saved = await saveQueue.RunAsync(Caller.System, queue, cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(saved.Outcome == SaveQueueOutcome.Saved, queue.Slug);
        SetQueueAccessOutcome access = await setQueueAccess.RunAsync(Caller.System, saved.Id!.Value, people, teams, cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(access == SetQueueAccessOutcome.Saved, queue.Slug);
        return saved.Id.Value;
    }

    private async Task RouteAsync(Guid respect, Guid goods, CancellationToken cancellationToken)
    {
        RoutingTable table = await listRouting.RunAsync(Caller.System, cancellationToken).ConfigureAwait(false);
        RoutingLine[] lines =
        [
            new(respect, MinSeverity: Severity.Severe, Priority: 90, DeadlineMinutes: 60),
            .. s_respect.Select(policy => new RoutingLine(respect, PolicyId: policy, Priority: 70)),
            .. s_goods.Select(policy => new RoutingLine(goods, PolicyId: policy)),
        ];
        SavedRouting saved = await saveRouting.RunAsync(Caller.System, lines, table.Stamp, cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(saved.Outcome == SaveRoutingOutcome.Saved, "routing");
    }
}
