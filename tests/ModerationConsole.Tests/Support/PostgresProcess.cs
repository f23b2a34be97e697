using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ModerationConsole.Tests.Support;

/// <summary>A PostgreSQL on a private port in a temporary folder, run by the postgres user.</summary>
internal sealed class PostgresProcess
{
    private readonly string _directory = Directory.CreateTempSubdirectory("console-pg-").FullName;
    private readonly string _programs;
    private readonly bool _durable;
    private readonly int _port = FreePort();
    private int _databases;

    private PostgresProcess(string programs, bool durable)
    {
        _programs = programs;
        _durable = durable;
    }

    /// <summary>Where the newest PostgreSQL of this machine has its programs; null without one.</summary>
    public static string? Programs => !Directory.Exists("/usr/lib/postgresql")
        ? null
        : Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(path => Path.Combine(path, "bin"))
            .LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")));

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Makes and starts one.</summary>
    /// <param name="programs">Of <see cref="Programs"/>.</param>
    /// <param name="durable">Whether what it commits outlives a loss of power; one that nobody crashes is faster without.</param>
    public static async Task<PostgresProcess> StartAsync(string programs, bool durable)
    {
        PostgresProcess made = new(programs, durable);
        if (Environment.UserName == "root")
        {
            await made.RunAsync("chown", "postgres", made._directory);
        }

        await made.ServerAsync("initdb", "-D", made.Data, "-A", "trust", "-U", "console", "-N");
        await made.StartAsync();
        return made;
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync()
    {
        string careless = _durable ? "" : " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=500";
        return ServerAsync(
            "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_directory, "log"),
            "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -k {_directory}{careless}"), "start");
    }

    /// <summary>Stops it as a failover does: connections break, what was committed stays.</summary>
    /// <param name="atOnce">As a machine that loses power: it mends itself when it starts.</param>
    public Task StopAsync(bool atOnce) => ServerAsync("pg_ctl", "-D", Data, "-w", "-m", atOnce ? "immediate" : "fast", "stop");

    /// <summary>Makes an empty database and says how it is reached.</summary>
    public async Task<string> DatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"console{Interlocked.Increment(ref _databases)}");
        await using NpgsqlConnection connection = new($"{Address("postgres")};Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return $"{Address(name)};Pooling=true";
    }

    /// <summary>Ends it and takes its files away.</summary>
    public async Task EndAsync()
    {
        await StopAsync(atOnce: true);
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Address(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=console;Database={database}");

    // The server refuses to run as root.
    private Task ServerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
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
