using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ModerationConsole.Core.Audit;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Hosting;

/// <summary>Figures of this node and of the work, for whoever collects from meters. A collection takes what was last read and has it read again.</summary>
internal sealed partial class OwnGauges(WorkFigures figures, CircuitRegistry circuits, ILogger<OwnGauges> log)
{
    /// <summary>The meter that they belong to.</summary>
    public static readonly Meter Meter = new(ActMeter.Name);

    private int _reading;

    /// <summary>Makes them; once a process.</summary>
    public void Begin()
    {
        Meter.CreateObservableGauge("moderation.circuits", () => circuits.Count, "{circuit}", "Open pages on this node.");
        Meter.CreateObservableGauge("moderation.people", () => circuits.People, "{person}", "People with an open page on this node.");
        Gauge("moderation.queue.waiting", work => work.Waiting, "{task}", "Tasks that wait in all queues.");
        Gauge("moderation.queue.leased", work => work.Leased, "{task}", "Tasks in someone's hands.");
        Gauge("moderation.queue.stranded", work => work.Stranded, "{task}", "Waiting tasks that nobody may take.");
        Gauge("moderation.intake.waiting", work => work.Arrivals.Waiting, "{request}", "Requests whose items were promised and are not taken in yet.");
        Gauge("moderation.intake.waiting.age", work => work.Arrivals.OldestWaits.TotalSeconds, "s", "How long the oldest of them has waited.");
        Gauge("moderation.intake.aside", work => work.Arrivals.SetAside, "{request}", "Requests whose items were promised and that the console failed at.");
        Gauge("moderation.deliveries.pending", work => work.PendingDeliveries, "{delivery}", "Deliveries that wait for their time or their next try.");
        Gauge("moderation.deliveries.failed", work => work.FailedDeliveries, "{delivery}", "Deliveries that were given up.");
        Gauge("moderation.media.waiting", work => work.Media.Stills + work.Media.Ladders, "{file}", "Media that waits for a step to be drawn.");
        Gauge("moderation.audit.unsealed", work => work.Seal.Waiting, "{entry}", "Committed audit entries that are not sealed yet.");
        Gauge("moderation.audit.unsealed.age", work => work.Seal.OldestWaits.TotalSeconds, "s", "How long the oldest of them has waited.");
        Gauge("moderation.outbox.lag", work => work.OutboxLag ?? 0, "{event}", "Events that this node has not told of yet.");
    }

    private void Gauge(string name, Func<Work, double> value, string unit, string description) => Meter.CreateObservableGauge(
        name,
        () =>
        {
            _ = ReadAgainAsync();
            return figures.Last is { } work ? [new Measurement<double>(value(work))] : (Measurement<double>[])[];
        },
        unit,
        description);

    private async Task ReadAgainAsync()
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
        {
            return;
        }

        try
        {
            await Task.Run(() => figures.ReadAsync(CancellationToken.None));
        }
#pragma warning disable CA1031 // the database may be gone for a while; the figures stay as they were
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
        finally
        {
            Interlocked.Exchange(ref _reading, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Figures could not be read ({Error})")]
    private partial void LogFault(string error);
}

/// <summary>Adds up the console's own counters, for the page of figures.</summary>
internal sealed class CommittedCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public CommittedCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name == ActMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string series = instrument.Name.Replace('.', '_') + "_total";
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                series += $"{{{tag.Key}=\"{tag.Value}\"}}";
            }

            _sums.AddOrUpdate(series, value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    /// <summary>Each series with its sum, by name.</summary>
    public IEnumerable<(string Series, long Sum)> All() => _sums.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value));

    public void Dispose() => _listener.Dispose();
}
