using System.Text.Json.Nodes;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Integration.Api;

namespace ModerationConsole.Tests.Support;

/// <summary>Reports, as platforms send them.</summary>
public static class Reports
{
    /// <summary>The peer's example.</summary>
    public static JsonObject Payload() => JsonNode.Parse(PeerPayloads.Report)!.AsObject();

    /// <summary>Sends the peer's example, changed a little, through the real intake.</summary>
    public static Task<ReportOutcome> ReportAsync(this TestConsole console, Action<JsonObject>? shape = null, RequestKey? key = null)
    {
        JsonObject report = Payload();
        shape?.Invoke(report);
        return console.Use<AcceptReport>().RunAsync(Caller.System, Items.Json(report.ToJsonString()), key, TestContext.Current.CancellationToken);
    }
}
