using System.Diagnostics;
using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Unit.Hosting;

/// <summary>Whatever a framework writes into a span, only what is known to be harmless leaves.</summary>
public sealed class TraceScrubberTests
{
    private const string Canary = "xanthic-otter";

    [Fact]
    public void Span_OfARequest_KeepsItsRouteAndLosesTheRest()
    {
        using Activity span = Ended(activity => activity
            .SetTag("http.request.method", "GET").SetTag("http.route", "/cases/{number}").SetTag("http.response.status_code", 200)
            .SetTag("url.path", $"/cases/{Canary}").SetTag("url.query", $"q={Canary}").SetTag("db.statement", Canary).SetTag("something.new", Canary)
            .SetStatus(ActivityStatusCode.Error, Canary));

        Assert.Equal(["http.request.method", "http.response.status_code", "http.route"], span.TagObjects.Select(tag => tag.Key).Order(StringComparer.Ordinal));
        Assert.Equal("GET /cases/{number}", span.DisplayName);
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
        Assert.True(span.Recorded);
    }

    [Fact]
    public void Span_WithTheWordsOfAnError_IsNotSent()
    {
        using Activity span = Ended(activity => activity.AddException(new InvalidOperationException(Canary)));

        Assert.False(span.Recorded);
    }

    private static Activity Ended(Action<Activity> shape)
    {
        Activity span = new($"GET /cases/{Canary}") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        span.Start();
        shape(span);
        span.Stop();
        using TraceScrubber scrubber = new();
        scrubber.OnEnd(span);
        return span;
    }
}
