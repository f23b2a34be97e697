using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Tests.Integration.Enforcement;

/// <summary>What the platform got.</summary>
internal sealed record ReceivedWebhook(string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["Webhook-Id"];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>A platform: a real HTTP server that answers as the test wants and keeps what it got.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _arrived = new(0);

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedWebhook> Received { get; } = [];

    /// <summary>What is answered; may wait.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public string Host { get; private set; } = "";

    public string Address => $"http://{Host}/hook";

    /// <summary>Settings under which a console may call here.</summary>
    public Dictionary<string, string?> Settings => new() { ["Webhooks:AllowedHosts:0"] = Host };

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebhookReceiver receiver = new(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        receiver.Host = new Uri(receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
        return receiver;
    }

    /// <summary>Answers with a status from now on.</summary>
    public void AnswerWith(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Does not answer until the end of the test, or until the client gives up.</summary>
    public void Hang() => Answer = context => _hold.Task.WaitAsync(context.RequestAborted);

    /// <summary>Waits until a call has come in whole.</summary>
    public async Task ArrivedAsync() =>
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "No webhook came.");

    public async ValueTask DisposeAsync()
    {
        _hold.TrySetResult();
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Received.Enqueue(new ReceivedWebhook(
            context.Request.Method, context.Request.Headers.ToDictionary(row => row.Key, row => row.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        _arrived.Release();
        await Answer(context);
    }
}
