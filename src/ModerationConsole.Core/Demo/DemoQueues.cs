using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Core.Demo;

/// <summary>The queues of the demo, who may work them, and the routing table.</summary>
internal sealed class DemoQueues(WritePath writes)
{
    /// <summary>Adds queues, access and routing.</summary>
    public Task<int> AddAsync(IReadOnlyDictionary<string, Guid> people, Guid reviewTeam, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            CaseQueue respect = Review("Harassment · English", "harassment-en", "Threats, hate, harassment and private information.", 120,
                "pol_threats,pol_harassment,pol_doxxing,pol_hate,pol_selfharm");
            CaseQueue goods = Review("Goods and scams", "goods", "Offers, fraud and spam.", 480, "pol_scam,pol_counterfeit,pol_regulated,pol_spam,pol_impersonation");
            CaseQueue general = Review("General", "general", "Everything that no other queue takes.", null, "pol_spam,pol_harassment,pol_graphic,pol_health,pol_scam");
            general.IsDefault = true;
            CaseQueue expert = Special("Policy experts", "experts", "Questions from moderators.", QueueKind.Expert, 1_440);
            CaseQueue emergency = Special("Emergency", "emergency", "Threat to life.", QueueKind.Emergency, 15);
            CaseQueue childSafety = Special("Child safety", "child-safety", "For people with that permission only.", QueueKind.ChildSafety, 60);
            CaseQueue fallback = Review("Anyone", "anyone", "What nobody could take where it waited.", null, "");
            fallback.IsFallback = true;
            scope.Db.AddRange(respect, goods, general, expert, emergency, childSafety, fallback);
            foreach (CaseQueue queue in new[] { respect, goods, general, fallback })
            {
                scope.Db.Add(new QueueAccess { QueueId = queue.Id, TeamId = reviewTeam });
            }

            foreach (CaseQueue queue in new[] { expert, emergency })
            {
                scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = people["expert@demo.local"] });
            }

            scope.Db.Add(new QueueAccess { QueueId = childSafety.Id, PersonId = people["expert@demo.local"] });
            RoutingRow[] rows =
            [
                new() { MinSeverity = Severity.Severe, QueueId = respect.Id, Priority = 90, DeadlineMinutes = 60 },
                .. new[] { "pol_threats", "pol_harassment", "pol_doxxing", "pol_hate" }
                    .Select(policy => new RoutingRow { PolicyId = policy, QueueId = respect.Id, Priority = 70 }),
                .. new[] { "pol_scam", "pol_counterfeit", "pol_regulated", "pol_spam", "pol_impersonation" }
                    .Select(policy => new RoutingRow { PolicyId = policy, QueueId = goods.Id }),
            ];
            for (int position = 0; position < rows.Length; position++)
            {
                rows[position].Position = position;
                scope.Db.Add(rows[position]);
            }

            scope.Record(Caller.System, AuditAct.QueueChanged, details: new Dictionary<string, object?> { ["demo"] = true });
            scope.Record(Caller.System, AuditAct.RoutingChanged, details: new Dictionary<string, object?> { ["demo"] = true });
            return await scope.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        },
        cancellationToken);

    private static CaseQueue Review(string name, string slug, string description, int? deadline, string pinned) =>
        new() { Name = name, Slug = slug, Description = description, DeadlineMinutes = deadline, PinnedPolicies = pinned };

    private static CaseQueue Special(string name, string slug, string description, QueueKind kind, int deadline) =>
        new() { Name = name, Slug = slug, Description = description, Kind = kind, DeadlineMinutes = deadline, PinnedPolicies = "pol_threats,pol_selfharm,pol_hate" };
}
