using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>A stretch of work that a node is asked for.</summary>
/// <param name="From">The first of its people, by their order.</param>
/// <param name="Count">How many of them.</param>
internal sealed record NodeWork(int From, int Count, double WarmUpSeconds, double Seconds);

/// <summary>What came of it: milliseconds of each claim and decision, the numbers of all tasks that were claimed, and the seconds of processor that it took.</summary>
internal sealed record NodeReport(IReadOnlyList<double> Claims, IReadOnlyList<double> Decisions, IReadOnlyList<long> Tasks, bool RanOut, double ProcessorSeconds, string? Error = null);

/// <summary>One node of the console as a process of its own: it does the work that it reads from standard input, line by line.</summary>
internal static class DeskNode
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read("desk-node", arguments, "--provider", "--connection", "--folder", "--audit");
        (DatabaseProvider provider, string connection) = given.Database();
        await using BenchmarkConsole console = await BenchmarkConsole.OpenAsync(
            provider, connection, given.Text("--folder"), audit: given.OneOf("--audit", "full", "full", "none") == "full");
        Caller[] people;
        await using (ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync())
        {
            people = [.. (await db.Users.Where(row => row.Email!.StartsWith("benchmark")).OrderBy(row => row.Email).Select(row => row.Id).ToListAsync()).Select(Caller.Person)];
        }

        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            NodeWork work = JsonSerializer.Deserialize<NodeWork>(line)!;
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await WorkAsync(console, people[work.From..(work.From + work.Count)], work)));
        }

        return 0;
    }

    private static async Task<NodeReport> WorkAsync(BenchmarkConsole console, Caller[] people, NodeWork work)
    {
        DeskShift shift = new(console, TimeSpan.FromSeconds(work.WarmUpSeconds), TimeSpan.FromSeconds(work.Seconds));
        TimeSpan before = Processor();
        try
        {
            await Task.WhenAll(people.Select(person => Task.Run(() => shift.WorkAsync(person))));
            return new NodeReport([.. shift.Claims], [.. shift.Decisions], shift.Tasks, shift.RanOut, (Processor() - before).TotalSeconds);
        }
#pragma warning disable CA1031 // whoever asked is told, whatever it was
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new NodeReport([], [], shift.Tasks, shift.RanOut, 0, error.ToString());
        }
    }

    private static TimeSpan Processor()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
