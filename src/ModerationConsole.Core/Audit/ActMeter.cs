using System.Diagnostics.Metrics;

namespace ModerationConsole.Core.Audit;

/// <summary>Counts what this node committed: each act that is worth a figure, once its transaction has. Numbers and codes only.</summary>
public static class ActMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ModerationConsole";

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_items = s_meter.CreateCounter<long>("moderation.items", "{item}", "Items that came in.");
    private static readonly Counter<long> s_reports = s_meter.CreateCounter<long>("moderation.reports", "{report}", "Reports that came in.");
    private static readonly Counter<long> s_claims = s_meter.CreateCounter<long>("moderation.claims", "{task}", "Tasks that were drawn.");
    private static readonly Counter<long> s_decisions = s_meter.CreateCounter<long>("moderation.decisions", "{decision}", "Decisions that were made.");
    private static readonly Counter<long> s_undone = s_meter.CreateCounter<long>("moderation.decisions.undone", "{decision}", "Decisions that were taken back.");
    private static readonly Counter<long> s_deliveries = s_meter.CreateCounter<long>("moderation.deliveries", "{delivery}", "Deliveries to the platform that came to their end.");
    private static readonly Counter<long> s_reveals = s_meter.CreateCounter<long>("moderation.media.reveals", "{reveal}", "Steps of media that people were shown.");
    private static readonly Counter<long> s_alarms = s_meter.CreateCounter<long>("moderation.alarms", "{alarm}", "Alarms that were raised about how the console is used.");

    // One action an act, made once: an entry costs no memory for being counted.
    private static readonly Dictionary<AuditAct, Action> s_count = new()
    {
        [AuditAct.ItemReceived] = () => s_items.Add(1),
        [AuditAct.ReportReceived] = () => s_reports.Add(1),
        [AuditAct.ReportFolded] = () => s_reports.Add(1),
        [AuditAct.TaskLeased] = () => s_claims.Add(1),
        [AuditAct.DecisionMade] = () => s_decisions.Add(1),
        [AuditAct.DecisionUndone] = () => s_undone.Add(1),
        [AuditAct.ActionDelivered] = () => s_deliveries.Add(1, new KeyValuePair<string, object?>("outcome", "delivered")),
        [AuditAct.ActionFailed] = () => s_deliveries.Add(1, new KeyValuePair<string, object?>("outcome", "failed")),
        [AuditAct.MediaViewed] = () => s_reveals.Add(1),
        [AuditAct.AlarmRaised] = () => s_alarms.Add(1),
    };

    /// <summary>What counts the act once it is committed; null where it has no figure.</summary>
    internal static Action? Of(AuditAct act) => s_count.GetValueOrDefault(act);
}
