using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// The whole program on a socket of its own, over a database of its own, without demo, with an API key that may do everything.
/// Speak to it as a program does; arrange with use cases.
/// </summary>
public sealed class WebConsole : IAsyncDisposable
{
    private readonly Factory _factory;
    private HttpClient? _client;

    private WebConsole(Factory factory) => _factory = factory;

    /// <summary>A client that carries no key.</summary>
    public HttpClient Client => _client ??= _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = _factory.ClientOptions.BaseAddress });

    /// <summary>The key that requests carry unless they say otherwise.</summary>
    public string ApiKey { get; private set; } = "";

    /// <summary>Id of that key.</summary>
    public Guid ApiKeyId { get; private set; }

    public IServiceProvider Services => _factory.Services;

    public string DataDirectory => _factory.DataDirectory;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the program and waits until it listens.</summary>
    public static async Task<WebConsole> StartAsync(Dictionary<string, string?>? settings = null, string environment = "Production")
    {
        WebConsole console = new(new Factory(settings ?? [], environment));
        if (settings?.ContainsKey("ConnectionStrings:Console") != true)
        {
            await ConsoleTemplate.PutIntoAsync(console.DataDirectory);
        }

        console._factory.UseKestrel(0);
        console._factory.StartServer();
        CreatedKey key = await console.KeyAsync([.. ApiKeys.Grantable]);
        (console.ApiKey, console.ApiKeyId) = (key.Key, key.Id);
        return console;
    }

    /// <summary>A use case, in a scope of its own as long as the console lives.</summary>
    public T Use<T>()
        where T : class, IUseCase => ActivatorUtilities.GetServiceOrCreateInstance<T>(Services);

    /// <summary>Makes an API key.</summary>
    public Task<CreatedKey> KeyAsync(params Permission[] scopes) => KeyAsync(wish => wish, scopes);

    /// <summary>Makes an API key that differs from the usual one.</summary>
    public Task<CreatedKey> KeyAsync(Func<NewApiKey, NewApiKey> differs, params Permission[] scopes) =>
        Use<CreateApiKey>().RunAsync(Caller.System, differs(new NewApiKey("test", scopes, TimeProvider.System.GetUtcNow().AddDays(30))), Cancel);

    /// <summary>Defines the types of <see cref="Items"/> and a queue that takes everything.</summary>
    public async Task<CaseQueue> TakesItemsAsync()
    {
        foreach (ItemTypeDraft type in Items.All)
        {
            Assert.Equal(SaveItemTypeOutcome.Saved, (await Use<SaveItemType>().RunAsync(Caller.System, type, Cancel)).Outcome);
        }

        return await WriteAsync(scope =>
        {
            CaseQueue queue = new() { Name = "Everything", Slug = "everything", IsDefault = true };
            scope.Db.Add(queue);
            return Task.FromResult(queue);
        });
    }

    /// <summary>Posts JSON text as it stands.</summary>
    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="key">Null for the console's own key, empty for none.</param>
    public Task<HttpResponseMessage> PostAsync(string path, string json, string? key = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), key, idempotencyKey);

    /// <summary>Asks for a resource.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, null, key);

    /// <summary>Asks for a resource that must be there.</summary>
    public async Task<JsonElement> ReadAsync(string path, string? key = null)
    {
        using HttpResponseMessage response = await GetAsync(path, key);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? key = null, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(method, $"/api/v1/{path}") { Content = content };
        if ((key ?? ApiKey) is { Length: > 0 } carried)
        {
            request.Headers.Add("X-API-KEY", carried);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Client.SendAsync(request, Cancel);
    }

    /// <summary>Reads from the database.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = await Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(Cancel);
        return await read(db);
    }

    /// <summary>Writes straight to the database: to arrange what no use case makes.</summary>
    public Task<T> WriteAsync<T>(Func<WriteScope, Task<T>> write) =>
        Services.GetRequiredService<WritePath>().RunAsync((scope, _) => write(scope), Cancel);

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _factory.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_factory.DataDirectory, recursive: true);
    }

    private sealed class Factory(Dictionary<string, string?> settings, string environment) : WebApplicationFactory<Program>
    {
        public string DataDirectory { get; } = Directory.CreateTempSubdirectory("web-test-").FullName;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Data:Directory", DataDirectory);
            builder.UseSetting("Demo:Enabled", "false");
            // Nobody has to hear that a test's console ends.
            builder.UseSetting("Node:DrainSeconds", "0");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            // A class asks from one address, and soon.
            builder.UseSetting("Security:StrangersPerAddress", "100000");
            // The host's own are read from the configuration; as arguments the program would not know them.
            builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(settings.Where(setting => !setting.Key.Contains(':', StringComparison.Ordinal))));
            foreach ((string name, string? value) in settings.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)))
            {
                builder.UseSetting(name, value);
            }
        }
    }
}
