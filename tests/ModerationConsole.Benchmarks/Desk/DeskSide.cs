using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>A console of one or more nodes over a database of its own, each node a process of its own.</summary>
internal sealed class DeskSide : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly BenchDatabase _database;
    private readonly Process[] _nodes;
    private readonly HashSet<long> _claimed = [];
    private int _twice;

    private DeskSide(BenchDatabase database, Process[] nodes) => (_database, _nodes) = (database, nodes);

    public string Folder => _database.Folder;

    public BenchDatabase Database => _database;

    /// <param name="moderators">The most who will work on one node.</param>
    /// <param name="audit">Whether the audit stores what it is given.</param>
    public static async Task<DeskSide> StartAsync(DeskOptions options, int moderators, bool audit)
    {
        BenchDatabase database = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await Console.Error.WriteLineAsync($"Making people and cases for {moderators * options.Nodes} moderators");
        await using (BenchmarkConsole console = await BenchmarkConsole.OpenAsync(database))
        {
            await DeskWorld.MakeAsync(console, moderators * options.Nodes, WaitingFill.Models);
        }

        DeskSide side = new(database, [.. Enumerable.Range(0, options.Nodes).Select(_ => Start(database, audit))]);
        foreach (Process node in side._nodes)
        {
            await HearAsync(node);
        }

        return side;
    }

    /// <summary>Has so many people on each node claim and decide, on so many waiting cases at least.</summary>
    /// <exception cref="InvalidOperationException">A node failed, or the cases ran out.</exception>
    public async Task<DeskRound> WorkAsync(int moderators, int cases, TimeSpan warmUp, int seconds)
    {
        await WaitingFill.UpToAsync(_database, cases);
        foreach ((int place, Process node) in _nodes.Index())
        {
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new NodeWork(place * moderators, moderators, warmUp.TotalSeconds, seconds)));
            await node.StandardInput.FlushAsync();
        }

        NodeReport[] reports = await Task.WhenAll(_nodes.Select(async node => JsonSerializer.Deserialize<NodeReport>(await HearAsync(node, warmUp.TotalSeconds + seconds))!));
        foreach (NodeReport report in reports)
        {
            if (report.Error is not null || report.RanOut)
            {
                throw new InvalidOperationException(report.Error ?? "The cases ran out before the time did: run it again with a larger --cases.");
            }

            _twice += report.Tasks.Count(task => !_claimed.Add(task));
        }

        double[] claims = [.. reports.SelectMany(report => report.Claims)];
        double[] decisions = [.. reports.SelectMany(report => report.Decisions)];
        return new DeskRound(
            Figures.Round(claims.Length / (double)seconds), Figures.Percentile(claims, 0.50), Figures.Percentile(claims, 0.99),
            Figures.Percentile(decisions, 0.50), Figures.Percentile(decisions, 0.99),
            // Of all that was done, the warm-up too: what one takes does not depend on who else uses the machine.
            Figures.Round(reports.Sum(report => report.ProcessorSeconds) * 1_000 / Math.Max(1, reports.Sum(report => report.Tasks.Count))));
    }

    /// <summary>Tasks that were given out twice, and cases that were decided twice, in all rounds together.</summary>
    public async Task<int> DuplicatesAsync()
    {
        await using BenchmarkConsole console = await BenchmarkConsole.OpenAsync(_database, sealing: false);
        await using ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        int decided = await db.Set<Decision>().GroupBy(row => new { row.CaseNumber, row.CaseVersion }).CountAsync(group => group.Count() > 1);
        // Each task that was claimed was decided before the next one was asked for.
        int lost = Math.Abs(await db.Set<Decision>().CountAsync() - _claimed.Count);
        return _twice + decided + lost;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process node in _nodes)
        {
            // It ends when nothing more can be asked of it.
            node.StandardInput.Close();
            using CancellationTokenSource patience = new(s_patience);
            await node.WaitForExitAsync(patience.Token);
            node.Dispose();
        }

        await _database.DisposeAsync();
    }

    private static Process Start(BenchDatabase database, bool audit)
    {
        string program = Environment.ProcessPath!;
        string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(DeskSide).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(program,
        [
            .. first, "desk-node", "--provider", Arguments.NameOf(database.Provider), "--folder", database.Folder, "--audit", audit ? "full" : "none",
            .. database.Connection.Length > 0 ? ["--connection", database.Connection] : Array.Empty<string>(),
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true }) ?? throw new InvalidOperationException("A node did not start.");
    }

    private static async Task<string> HearAsync(Process node, double seconds = 0) =>
        await node.StandardOutput.ReadLineAsync().WaitAsync(s_patience + TimeSpan.FromSeconds(seconds)) ?? throw new InvalidOperationException("A node ended.");
}
