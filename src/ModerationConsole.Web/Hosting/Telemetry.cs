using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ModerationConsole.Web.Hosting;

/// <summary>Sends figures and traces by OTLP, where an address for them is set. Numbers, codes and route patterns; never content.</summary>
internal sealed class Telemetry(IOptions<TelemetryOptions> options, OwnGauges gauges) : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TelemetryOptions wanted = options.Value;
        if (wanted.OtlpEndpoint.Length > 0)
        {
            gauges.Begin();
            _metrics = Figures(wanted).AddOtlpExporter((exporter, reader) =>
            {
                Aim(exporter, wanted, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = wanted.MetricsSeconds * 1_000;
            }).Build();
            _traces = Spans(wanted).AddOtlpExporter(exporter => Aim(exporter, wanted, "v1/traces")).Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // The host may stop while it is disposed of; what is sent last is sent once.
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
        Interlocked.Exchange(ref _traces, null)?.Dispose();
    }

    /// <summary>What is measured, without who is told.</summary>
    internal static MeterProviderBuilder Figures(TelemetryOptions options) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(Itself(options))
        .AddMeter(TelemetrySources.Meters);

    /// <summary>What is traced, without who is told.</summary>
    internal static TracerProviderBuilder Spans(TelemetryOptions options) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Itself(options))
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
        .AddSource(TelemetrySources.Activities)
        .AddProcessor(new TraceScrubber());

    // Not the machine's own attributes: its name and the command line, which may hold secrets, are nobody's business.
    private static ResourceBuilder Itself(TelemetryOptions options) => ResourceBuilder.CreateEmpty()
        .AddService(options.ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(), serviceInstanceId: Environment.MachineName);

    private static void Aim(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = options.Protocol == "Grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.Protocol == "Grpc" ? new Uri(options.OtlpEndpoint) : new Uri(options.OtlpEndpoint.TrimEnd('/') + "/" + path);
    }
}
