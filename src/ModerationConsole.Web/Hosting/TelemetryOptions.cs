using Microsoft.Extensions.Options;

namespace ModerationConsole.Web.Hosting;

/// <summary>Where figures and traces are sent. Section <c>Telemetry</c>; what is empty is not sent.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>Address of an OTLP receiver, e.g. <c>http://localhost:4317</c>; empty sends nothing.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>Grpc</c> or <c>HttpProtobuf</c>. With the latter the address is a base: <c>/v1/metrics</c> and <c>/v1/traces</c> are appended.</summary>
    public string Protocol { get; set; } = "Grpc";

    /// <summary>Name under which this console reports itself.</summary>
    public string ServiceName { get; set; } = "moderation-console";

    /// <summary>Share of requests that are traced, 0 to 1; a request that is traced already stays so.</summary>
    public double TraceShare { get; set; } = 0.1;

    /// <summary>How often figures are sent, in seconds.</summary>
    public int MetricsSeconds { get; set; } = 15;
}

internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> faults = [];
        Check(options.OtlpEndpoint.Length == 0 || (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"),
            "OtlpEndpoint must be an http or https address, or empty.");
        Check(options.Protocol is "Grpc" or "HttpProtobuf", "Protocol must be Grpc or HttpProtobuf.");
        Check(options.ServiceName.Length is > 0 and <= 100, "ServiceName must have 1 to 100 characters.");
        Check(options.TraceShare is >= 0 and <= 1, "TraceShare must be from 0 to 1.");
        Check(options.MetricsSeconds is >= 1 and <= 3_600, "MetricsSeconds must be from 1 to 3600.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add($"{TelemetryOptions.Section}:{fault}");
            }
        }
    }
}
