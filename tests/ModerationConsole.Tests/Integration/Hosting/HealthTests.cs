using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_AskedWithoutAKey_SaysAliveAndReady()
    {
        await using WebConsole console = await WebConsole.StartAsync();

        JsonElement live = await console.Client.GetFromJsonAsync<JsonElement>("/health/live", Cancel);
        using HttpResponseMessage ready = await console.Client.GetAsync("/health/ready", Cancel);

        Assert.Equal("live", live.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        JsonElement answer = await ready.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("ok", answer.GetProperty("checks").GetProperty("database").GetString());
    }

    [Fact]
    public async Task Ready_WithoutARenderer_IsDegradedButInService()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        ((MediaHealth)console.Services.GetService(typeof(MediaHealth))!).Record(RenderOutcome.RendererMissing);

        using HttpResponseMessage ready = await console.Client.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal("degraded", (await ready.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ready_WhereReadersWaitForWritersOrTheClockIsOff_SaysSoAndIsInService()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        NodeState node = (NodeState)console.Services.GetService(typeof(NodeState))!;
        Assert.Equal(("ready", "ok", "ok"), await SaidAsync());

        ((WatchDatabase)console.Services.GetService(typeof(WatchDatabase))!).Told(readsBesideWriters: true);
        Assert.Equal(("ready", "ok", "ok"), await SaidAsync());
        ((WatchDatabase)console.Services.GetService(typeof(WatchDatabase))!).Told(readsBesideWriters: false);
        node.Differs(TimeSpan.FromMinutes(-5));
        Assert.Equal(
            ("ready", "ok, but readers wait for writers: READ_COMMITTED_SNAPSHOT is off", "300 s ahead of the database server, whose time is gone by"), await SaidAsync());

        async Task<(string? Status, string? Database, string? Clock)> SaidAsync()
        {
            JsonElement answer = await console.Client.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
            JsonElement checks = answer.GetProperty("checks");
            return (answer.GetProperty("status").GetString(), checks.GetProperty("database").GetString(), checks.GetProperty("clock").GetString());
        }
    }

    [Fact]
    public async Task Ready_OverADatabaseOfAnotherVersion_IsNot()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        await console.WriteAsync(async scope => await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
            scope.Db.Database, "INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_FromTheFuture', '99.0.0')", Cancel));

        using HttpResponseMessage ready = await console.Client.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task HealthAndMetrics_WhereAKeyIsRequired_AnswerOnlyToOne()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Health:RequireKey"] = "true" });
        foreach (string path in new[] { "/health/live", "/health/ready", "/metrics" })
        {
            using HttpResponseMessage stranger = await console.Client.GetAsync(path, Cancel);
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Add("X-API-KEY", console.ApiKey);
            using HttpResponseMessage program = await console.Client.SendAsync(request, Cancel);

            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (stranger.StatusCode, program.StatusCode));
        }
    }

    [Fact]
    public async Task Metrics_Asked_AreFiguresInPrometheusFormat()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        await console.Client.GetAsync("/health/live", Cancel);

        string text = await console.Client.GetStringAsync("/metrics", Cancel);

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Matches(@"^moderation_[a-z_]+(\{(status=""\dxx""|outcome=""[a-z]+"")\})? -?\d+(\.\d+)?$", line));
        Assert.Contains("moderation_waiting_tasks 0", lines);
        Assert.Contains("moderation_deliveries_failed 0", lines);
        Assert.Contains("moderation_intake_waiting 0", lines);
        Assert.Contains("moderation_intake_oldest_age_seconds 0", lines);
        Assert.Contains("moderation_intake_set_aside 0", lines);
        Assert.Contains("moderation_media_waiting_stills 0", lines);
        Assert.Contains("moderation_media_waiting_steps 0", lines);
        Assert.Contains("moderation_media_waiting_encryption 0", lines);
        Assert.Contains("moderation_circuits 0", lines);
        Assert.Contains("moderation_outbox_lag 0", lines);
        Assert.Contains(lines, line => line.StartsWith("moderation_audit_unsealed_age_seconds ", StringComparison.Ordinal));
        Assert.DoesNotContain("moderation_requests_total{status=\"2xx\"} 0", lines);
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThere()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Metrics:Enabled"] = "false" });

        using HttpResponseMessage response = await console.Client.GetAsync("/metrics", Cancel);

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }
}
