using System.Globalization;
using System.Text;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Hosting;

/// <summary>A few figures of the process and its work in Prometheus' text format. Numbers only.</summary>
internal sealed class Metrics(RequestCount requests, CircuitRegistry circuits, WorkFigures figures, ToldEvents told, CommittedCounts counts)
{
    /// <summary>The figures now.</summary>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        Work work = await figures.ReadAsync(cancellationToken);
        StringBuilder text = new();
        Describe("moderation_requests_total", "counter", "Answered HTTP requests by class of status.");
        foreach ((int status, long count) in requests.ByClass())
        {
            Line($"moderation_requests_total{{status=\"{status}xx\"}}", count);
        }

        Gauge("moderation_circuits", "Open pages on this node.", circuits.Count);
        Gauge("moderation_people", "People with an open page on this node.", circuits.People);
        Gauge("moderation_waiting_tasks", "Tasks that wait in all queues.", work.Waiting);
        Gauge("moderation_leased_tasks", "Tasks in someone's hands.", work.Leased);
        Gauge("moderation_stranded_tasks", "Waiting tasks that nobody may take.", work.Stranded);
        Gauge("moderation_intake_waiting", "Requests whose items were promised and are not taken in yet.", work.Arrivals.Waiting);
        Describe("moderation_intake_oldest_age_seconds", "gauge", "How long the oldest of them has waited.");
        text.Append("moderation_intake_oldest_age_seconds ").Append(work.Arrivals.OldestWaits.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
        Gauge("moderation_intake_set_aside", "Requests whose items were promised and that the console failed at.", work.Arrivals.SetAside);
        Gauge("moderation_deliveries_pending", "Deliveries to the platform that wait for their time or their next try.", work.PendingDeliveries);
        Gauge("moderation_deliveries_failed", "Deliveries to the platform that were given up.", work.FailedDeliveries);
        Gauge("moderation_media_waiting_stills", "Media that waits for its blurred still.", work.Media.Stills);
        Gauge("moderation_media_waiting_steps", "Media that waits for the steps above it.", work.Media.Ladders);
        Gauge("moderation_media_waiting_encryption", "Child-safety media that is hidden but not encrypted yet.", work.Media.Plain);
        Gauge("moderation_audit_unsealed", "Committed audit entries that are not sealed yet.", work.Seal.Waiting);
        Describe("moderation_audit_unsealed_age_seconds", "gauge", "How long the oldest of them has waited.");
        text.Append("moderation_audit_unsealed_age_seconds ").Append(work.Seal.OldestWaits.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
        Gauge("moderation_audit_broken", "1 when the stored audit contradicts its last signed head.", work.Seal.IsBroken ? 1 : 0);
        Gauge("moderation_outbox_lag", "Events that this node has not told its open pages of yet.", work.OutboxLag ?? 0);
        Describe("moderation_outbox_delay_seconds", "gauge", "How long after its act the last event was told.");
        text.Append("moderation_outbox_delay_seconds ").Append(told.LastDelay.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
        string described = "";
        foreach ((string series, long sum) in counts.All())
        {
            string name = series.Split('{')[0];
            if (name != described)
            {
                Describe(described = name, "counter", "What this node committed since it started.");
            }

            Line(series, sum);
        }

        Gauge("moderation_memory_bytes", "Memory that the process works with.", Environment.WorkingSet);
        return text.ToString();

        void Gauge(string name, string help, long value)
        {
            Describe(name, "gauge", help);
            Line(name, value);
        }

        void Describe(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Line(string series, long value) => text.Append(series).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

/// <summary>Counts answered requests by class of status.</summary>
internal sealed class RequestCount
{
    private readonly long[] _byClass = new long[6];

    public void Add(int status)
    {
        if (status is >= 100 and < 600)
        {
            Interlocked.Increment(ref _byClass[status / 100]);
        }
    }

    public IEnumerable<(int Class, long Count)> ByClass() => Enumerable.Range(1, 5).Select(index => (index, Interlocked.Read(ref _byClass[index])));
}
