using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.E2E.Support;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.E2E.SingleSignOn;

/// <summary>npm's <c>oidc-provider</c> as a process of its own, run by the node that comes with the browser's driver.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _client = new();

    private TestProvider(Process process, int port) => (_process, Issuer) = (process, string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));

    /// <summary>What it calls itself, and where it is.</summary>
    public string Issuer { get; }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "SingleSignOn", "provider");

    private static string Node => Path.Combine(AppContext.BaseDirectory, ".playwright", "node", "linux-x64", "node");

    /// <summary>Starts it. Skips the test that asks on a machine that cannot.</summary>
    public static async Task<TestProvider> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Node), "The browser's driver brings no node for this machine.");
        await InstallAsync();
        Process process = Process.Start(new ProcessStartInfo(Node, ["provider.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Warnings of a provider for development; a full pipe would stop it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(s_patience);
        string line = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The provider did not start.");
        using JsonDocument told = JsonDocument.Parse(line);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return new TestProvider(process, told.RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>Someone whom it knows, in these groups; known ones are changed.</summary>
    public Task KnowsAsync(string subject, params string[] groups) =>
        ToldAsync(new { people = new Dictionary<string, object> { [subject] = new { name = $"{subject} of the company", email = $"{subject}@company.example", email_verified = true, groups } } });

    /// <summary>Someone whom it does not know any more.</summary>
    public Task ForgetsAsync(string subject) => ToldAsync(new { gone = new[] { subject } });

    /// <summary>A console that may ask it about people.</summary>
    public Task ServesAsync(ConsoleApp app, string name, string clientId, string secret) => ToldAsync(new
    {
        clients = new[]
        {
            new
            {
                client_id = clientId,
                client_secret = secret,
                grant_types = new[] { "authorization_code", "refresh_token" },
                redirect_uris = new[] { $"{app.Address}/account/external/{name}/callback" },
                post_logout_redirect_uris = new[] { $"{app.Address}/account/login" },
                backchannel_logout_uri = $"{app.Address}/account/external/{name}/logout",
                backchannel_logout_session_required = true,
            },
        },
    });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    // Once a build: what is installed stays in the folder of the build.
    private static async Task InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return;
        }

        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm"))), "No npm on this machine; install the package npm.");
        using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using CancellationTokenSource patience = new(s_patience);
        Task<string> said = npm.StandardOutput.ReadToEndAsync(patience.Token);
        string errors = await npm.StandardError.ReadToEndAsync(patience.Token);
        await npm.WaitForExitAsync(patience.Token);
        Assert.True(npm.ExitCode == 0, errors + await said);
    }

    private async Task ToldAsync(object what)
    {
        using HttpResponseMessage answer = await _client.PostAsJsonAsync(new Uri($"{Issuer}/control"), what, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>One provider and one console that takes its word, for all tests of signing in with one.</summary>
public sealed class SingleSignOnFixture : IAsyncLifetime
{
    private TestProvider? _provider;
    private ConsoleApp? _app;

    public TestProvider Provider => _provider!;

    public ConsoleApp App => _app!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _app = new ConsoleApp(new()
        {
            ["Demo:Enabled"] = "false",
            ["SingleSignOn:RecheckMinutes"] = "1",
            ["SingleSignOn:Providers:company:Authority"] = Provider.Issuer,
            ["SingleSignOn:Providers:company:ClientId"] = "console",
            ["SingleSignOn:Providers:company:ClientSecret"] = "a secret for tests alone",
            ["SingleSignOn:Providers:company:DisplayName"] = "Company",
            ["SingleSignOn:Providers:company:Roles:moderators"] = "Moderator",
            ["SingleSignOn:Providers:company:Roles:leads"] = "Lead",
            ["SingleSignOn:Providers:away:Authority"] = "http://localhost:9",
            ["SingleSignOn:Providers:away:ClientId"] = "console",
            ["SingleSignOn:Providers:away:DisplayName"] = "Elsewhere",
            ["SingleSignOn:Providers:away:Roles:moderators"] = "Moderator",
        });
        _app.StartServer();
        await Provider.ServesAsync(App, "company", "console", "a secret for tests alone");
    }

    /// <summary>Has the provider asked about everyone now, as if the time between two checks had gone by.</summary>
    public async Task CheckAsync()
    {
        await App.Services.GetRequiredService<WritePath>().RunAsync(
            (scope, cancel) => scope.Db.Set<ProviderGrant>().ExecuteUpdateAsync(set => set.SetProperty(row => row.CheckAt, scope.Now.AddSeconds(-1)), cancel),
            TestContext.Current.CancellationToken);
        await App.Services.GetRequiredService<RecheckSessions>().RunOnceAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }
}
