using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Support;

/// <summary>A PostgreSQL of the tests' own on a private port in a temporary folder, run by the postgres user.</summary>
public sealed class PostgresServer : IDatabaseServer, IAsyncLifetime
{
    private const string SkipReason = "No PostgreSQL on this machine; install the package postgresql.";
    private readonly string _directory = Directory.CreateTempSubdirectory("console-pg-").FullName;
    private string? _programs;
    private int _port;
    private int _databases;

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public async ValueTask InitializeAsync()
    {
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(path => Path.Combine(path, "bin"))
                .LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
            : null;
        if (_programs is null)
        {
            return;
        }

        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", _directory);
        }

        _port = FreePort();
        await ServerAsync("initdb", "-D", Path.Combine(_directory, "data"), "-A", "trust", "-U", "console", "-N");
        await StartAsync();
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync() => ServerAsync(
        "pg_ctl", "-D", Path.Combine(_directory, "data"), "-w", "-l", Path.Combine(_directory, "log"),
        "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -k {_directory}"), "start");

    /// <summary>Stops it as a failover does: connections break, what was committed stays.</summary>
    /// <param name="atOnce">As a machine that loses power: it mends itself when it starts.</param>
    public Task StopAsync(bool atOnce = false) =>
        ServerAsync("pg_ctl", "-D", Path.Combine(_directory, "data"), "-w", "-m", atOnce ? "immediate" : "fast", "stop");

    /// <inheritdoc />
    public async Task<Dictionary<string, string?>> EmptyAsync() => new()
    {
        ["Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
        ["ConnectionStrings:Console"] = await DatabaseAsync(),
    };

    /// <summary>A new empty database. Skips the test that asks on a machine without PostgreSQL.</summary>
    public async Task<string> DatabaseAsync()
    {
        Assert.SkipWhen(_programs is null, SkipReason);
        string name = string.Create(CultureInfo.InvariantCulture, $"console{Interlocked.Increment(ref _databases)}");
        await ServerAsync("createdb", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "console", name);
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=console;Database={name};Pooling=true");
    }

    public async ValueTask DisposeAsync()
    {
        if (_programs is not null)
        {
            await ServerAsync("pg_ctl", "-D", Path.Combine(_directory, "data"), "-m", "immediate", "stop");
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The server refuses to run as root.
    private Task ServerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        return Environment.UserName == "root"
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        // What it says must not come between the lines in which the test program tells its runner of results: whatever result
        // stands on such a line is lost, a failure, too.
        ProcessStartInfo start = new(program) { WorkingDirectory = _directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        Task<string> said = process.StandardOutput.ReadToEndAsync(limit.Token);
        string wrong = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await said}{wrong}");
    }
}
