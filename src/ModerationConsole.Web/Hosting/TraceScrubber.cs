using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;

namespace ModerationConsole.Web.Hosting;

/// <summary>
/// Takes everything out of a span but what is known to be harmless. Addresses hold search words and ids, statements and errors
/// may hold more; what a newer framework adds stays out until it is named here.
/// </summary>
internal sealed class TraceScrubber : BaseProcessor<Activity>
{
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme", "error.type",
        "server.address", "server.port", "db.system", "db.system.name", "db.operation.name", "otel.status_code",
        "moderation.class", "moderation.removed",
    };

    /// <summary>Says of the request's span what it was: method, route pattern, status.</summary>
    public static void Describe(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
        {
            span.SetTag("http.request.method", context.Request.Method);
            span.SetTag("http.response.status_code", context.Response.StatusCode);
            span.SetTag("http.route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        }
    }

    public override void OnEnd(Activity data)
    {
        foreach (KeyValuePair<string, object?> tag in data.TagObjects.ToArray())
        {
            if (!s_harmless.Contains(tag.Key))
            {
                data.SetTag(tag.Key, null);
            }
        }

        data.DisplayName = Name(data);
        if (data.Status == ActivityStatusCode.Error)
        {
            data.SetStatus(ActivityStatusCode.Error);
        }

        // Words of an exception stand in events, which cannot be taken out of an activity: such a span is not sent at all.
        if (data.Events.Any())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    // The framework names a span after the route's pattern; a name that could hold anything else is replaced.
    private static string Name(Activity activity) => activity.Source.Name switch
    {
        TelemetrySources.Own => activity.OperationName,
        _ when activity.GetTagItem("http.request.method") is string method => activity.GetTagItem("http.route") is string route ? $"{method} {route}" : method,
        _ => activity.Source.Name,
    };
}

/// <summary>Whose figures and spans are sent.</summary>
internal static class TelemetrySources
{
    /// <summary>The console's own.</summary>
    public const string Own = Core.Audit.ActMeter.Name;

    /// <summary>Meters whose names, units and attributes are the framework's own.</summary>
    public static readonly string[] Meters =
        [Own, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "Npgsql"];

    /// <summary>Sources of spans: requests that come in, and webhooks that go out.</summary>
    public static readonly string[] Activities = [Own, "Microsoft.AspNetCore", "System.Net.Http"];
}
