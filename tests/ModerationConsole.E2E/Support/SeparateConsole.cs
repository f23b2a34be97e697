using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ModerationConsole.E2E.Support;

/// <summary>The program as a process of its own, filled with the demo, that a test can freeze.</summary>
public sealed class SeparateConsole : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _data;
    private readonly bool _ownsData;
    private readonly IReadOnlyList<string> _settings;
    private Process? _process;

    public SeparateConsole()
        : this(Directory.CreateTempSubdirectory("console-e2e-").FullName, []) => _ownsData = true;

    /// <param name="data">Folder that other nodes may share.</param>
    /// <param name="settings">Settings that win over those of every such console, as on the command line.</param>
    internal SeparateConsole(string data, IReadOnlyList<string> settings) => (_data, _settings) = (data, settings);

    /// <summary>Whether it believes a proxy what it says of those who come through it.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Where a browser opens it.</summary>
    public string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort()}");

    /// <summary>The same as <c>host:port</c>, for a proxy.</summary>
    public string Authority => new Uri(Address).Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

    public ValueTask InitializeAsync() => new(StartAgainAsync());

    /// <summary>Ends it at once, as a machine that loses power does.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it, at the same address and on what it had stored.</summary>
    public async Task StartAgainAsync()
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "ModerationConsole.Web.dll"), $"--urls={Address}", $"--Data:Directory={_data}", "--environment=Development",
            "--Demo:Enabled=true", $"--Demo:Password={ConsoleFixture.DemoPassword}", "--Logging:LogLevel:Default=Warning",
            "--Security:SignInsPerAddress=10000", "--Security:SignInsPerAccount=10000", "--Security:StrangersPerAddress=100000", .. _settings,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        if (BehindProxy)
        {
            start.Environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        _process = Process.Start(start)!;
        // Nobody reads it, but a full pipe would stop the program.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(s_patience);
        using HttpClient client = new() { BaseAddress = new Uri(Address) };
        while (!await IsReadyAsync(client, patience.Token))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Stops it where it stands: connections stay open, nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        if (_ownsData)
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }
}
