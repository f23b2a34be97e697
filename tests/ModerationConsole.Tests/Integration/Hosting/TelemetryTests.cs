using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Hosting;

/// <summary>What is sent to those who watch over the console: figures and route patterns, and nothing that anybody wrote.</summary>
public sealed class TelemetryTests
{
    private const string Canary = "xanthic-otter";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiguresAndSpans_OfAWorkingConsole_AreSentByOtlpWithoutAnyContent()
    {
        await using Receiver receiver = await Receiver.ListenAsync();
        await using WebConsole console = await WebConsole.StartAsync(new()
        {
            ["Telemetry:OtlpEndpoint"] = receiver.Address,
            ["Telemetry:Protocol"] = "HttpProtobuf",
            ["Telemetry:TraceShare"] = "1",
            ["Telemetry:MetricsSeconds"] = "1",
            ["Logging:LogLevel:Default"] = "Debug",
        });
        using Captured log = new();
        console.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await console.TakesItemsAsync();

        using HttpResponseMessage accepted = await console.PostAsync("items", $$"""{"items":[{{Items.PostJson($"id-{Canary}", Canary)}}]}""");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        using HttpResponseMessage searched = await console.Client.GetAsync($"/cases?q={Canary}", Cancel);
        using HttpResponseMessage wrong = await console.Client.GetAsync($"/nowhere/{Canary}", Cancel);

        await receiver.UntilAsync("/v1/metrics", "moderation.items", "moderation.queue.waiting", "moderation.audit.unsealed.age", "moderation.outbox.lag", "moderation.circuits");
        await receiver.UntilAsync("/v1/traces", "http.route", "/api/v1/items", "http.response.status_code");
        string[] sent = receiver.All();
        Assert.DoesNotContain(sent, body => body.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(sent, body => body.Contains("url.path", StringComparison.Ordinal) || body.Contains("url.query", StringComparison.Ordinal));
        console.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test").Log(LogLevel.Warning, default, "control", null, (state, _) => state);
        Assert.Contains(log.Lines, line => line.StartsWith("control", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        string figures = await console.Client.GetStringAsync("/metrics", Cancel);
        Assert.Contains("moderation_items_total", figures, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, figures, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes what exporters send and keeps it as text.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _sent = new();
        private readonly WebApplication _app;

        private Receiver(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        public static async Task<Receiver> ListenAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            WebApplication app = builder.Build();
            Receiver receiver = new(app);
            app.Run(async context =>
            {
                using MemoryStream body = new();
                await context.Request.Body.CopyToAsync(body);
                receiver._sent.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
            await app.StartAsync(Cancel);
            return receiver;
        }

        public string[] All() => [.. _sent.Select(one => one.Body)];

        /// <summary>Waits until all the words were sent to a path.</summary>
        public async Task UntilAsync(string path, params string[] words)
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            while (words.Where(word => !_sent.Any(one => one.Path == path && one.Body.Contains(word, StringComparison.Ordinal))).ToArray() is { Length: > 0 } missing)
            {
                Assert.False(patience.IsCancellationRequested, $"{_sent.Count(one => one.Path == path)} requests to {path} lacked {string.Join(", ", missing)}.");
                await Task.Delay(50, CancellationToken.None);
            }
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }

    /// <summary>Keeps every line that is logged, with what it was made of.</summary>
    private sealed class Captured : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
