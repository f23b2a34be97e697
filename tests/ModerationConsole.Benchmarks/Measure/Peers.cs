using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace ModerationConsole.Benchmarks.Measure;

/// <summary>What a peer did in one round.</summary>
internal sealed record PeerRound(double Cycles, double Claim50, double Claim99, double Dec50, double Dec99, int Dup, bool Drained);

/// <summary>The peers' scripts in a folder outside the checkout. Whatever is missing is said once, and the run goes on without.</summary>
/// <param name="Folder">Where the scripts and what they need are.</param>
/// <param name="Redis">Port of the Redis that they use; it is emptied.</param>
/// <param name="Postgres">Address of the database that they use.</param>
internal sealed record Peers(string Folder, int Redis, string Postgres)
{
    private const string Queue = "bench-queue.mjs";
    private const string Intake = "intake-express.mjs";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>The queue peer's figures; null if it cannot run.</summary>
    public async Task<PeerRound?> ClaimAndDecideAsync(int workers, int seconds)
    {
        if (!await IsThereAsync(Queue))
        {
            return null;
        }

        string number = workers.ToString(CultureInfo.InvariantCulture);
        // As many jobs as it could do at its fastest.
        string jobs = (3_000 * seconds).ToString(CultureInfo.InvariantCulture);
        using Process process = Start(
            Queue, "--impl", "coop", "--workers", number, "--n", jobs, "--secs", seconds.ToString(CultureInfo.InvariantCulture),
            "--redis", Redis.ToString(CultureInfo.InvariantCulture), "--pg", Postgres);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        PeerRound? round = process.ExitCode == 0 ? JsonSerializer.Deserialize<PeerRound>(said, JsonSerializerOptions.Web) : null;
        if (round is null || round.Drained)
        {
            await Console.Error.WriteLineAsync(round is null ? $"The peer failed: {await errors}" : "The peer ran out of jobs; this round says nothing.");
            return null;
        }

        return round;
    }

    /// <summary>The intake peer, serving on a port; null if it cannot run.</summary>
    public async Task<Process?> ServeIntakeAsync(int port)
    {
        if (!await IsThereAsync(Intake))
        {
            return null;
        }

        Process process = Start(Intake, port.ToString(CultureInfo.InvariantCulture), Redis.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < 100 && !await AnswersAsync(port); i++)
        {
            await Task.Delay(100);
        }

        return process;
    }

    private async Task<bool> IsThereAsync(string script)
    {
        string? missing =
            Folder.Length == 0 ? "no --peer was given"
            : !File.Exists(Path.Combine(Folder, script)) ? $"{Path.Combine(Folder, script)} is not there"
            : !Directory.Exists(Path.Combine(Folder, "node_modules")) ? $"its packages are not installed in {Folder}"
            : !await AnswersAsync(Redis) ? $"no Redis answers on port {Redis}"
            : null;
        if (missing is not null)
        {
            await Console.Error.WriteLineAsync($"Without the peer: {missing}. Only the floor is compared.");
        }

        return missing is null;
    }

    private Process Start(string script, params IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })
        ?? throw new InvalidOperationException("node did not start.");

    private static async Task<bool> AnswersAsync(int port)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
