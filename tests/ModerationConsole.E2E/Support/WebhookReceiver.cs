using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.E2E.Support;

/// <summary>What the platform's receiver got: headers and the raw body, over which the signatures go.</summary>
public sealed record ReceivedCall(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["Webhook-Id"];

    /// <summary>The item that something is to be done to; null where it tells of something else: a clock, a notice, an appeal.</summary>
    public string? ItemId
    {
        get
        {
            using JsonDocument body = JsonDocument.Parse(Body);
            return body.RootElement.TryGetProperty("item", out JsonElement item) ? item.GetProperty("id").GetString() : null;
        }
    }
}

/// <summary>The platform's end of a webhook: a real HTTP server on this machine that keeps what it was told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<ReceivedCall> _calls = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>Whom the console must be allowed to call: host and port.</summary>
    public string Host { get; private set; } = "";

    public string Url => $"http://{Host}/actions";

    /// <summary>Answers a call; <c>200</c> unless a test says otherwise.</summary>
    public Func<ReceivedCall, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<ReceivedCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        WebhookReceiver receiver = new(app);
        app.MapPost("/actions", receiver.ReceiveAsync);
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        receiver.Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{new Uri(address).Port}");
        return receiver;
    }

    /// <summary>Waits until <paramref name="wanted"/> holds for what was received.</summary>
    public async Task<IReadOnlyList<ReceivedCall>> UntilAsync(Func<IReadOnlyList<ReceivedCall>, bool> wanted, TimeSpan? atMost = null)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(atMost ?? TimeSpan.FromSeconds(30));
        while (true)
        {
            Task changed;
            IReadOnlyList<ReceivedCall> calls;
            lock (_gate)
            {
                changed = _changed.Task;
                calls = [.. _calls];
            }

            if (wanted(calls))
            {
                return calls;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The receiver got {calls.Count} calls, and not what was waited for.");
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        ReceivedCall call = new(
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        lock (_gate)
        {
            _calls.Add(call);
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await Answer(call, context);
    }
}
