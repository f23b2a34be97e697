using Microsoft.Extensions.Options;
using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Unit.Hosting;

public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData("elsewhere", "Grpc", 0.1, 15, "Telemetry:OtlpEndpoint")]
    [InlineData("ftp://localhost", "Grpc", 0.1, 15, "Telemetry:OtlpEndpoint")]
    [InlineData("http://localhost:4317", "Pigeon", 0.1, 15, "Telemetry:Protocol")]
    [InlineData("", "Grpc", 2, 15, "Telemetry:TraceShare")]
    [InlineData("", "Grpc", 0.1, 0, "Telemetry:MetricsSeconds")]
    [InlineData("http://localhost:4317", "HttpProtobuf", 1, 1, null)]
    public void Setting_OfTelemetry_IsAcceptedOrNamed(string endpoint, string protocol, double share, int seconds, string? key)
    {
        ValidateOptionsResult checkedOptions = new TelemetryOptionsValidator().Validate(
            null, new TelemetryOptions { OtlpEndpoint = endpoint, Protocol = protocol, TraceShare = share, MetricsSeconds = seconds });

        Assert.Equal(key is null, checkedOptions.Succeeded);
        Assert.True(key is null || checkedOptions.FailureMessage!.StartsWith(key, StringComparison.Ordinal));
    }
}
