using ModerationConsole.Benchmarks;
using ModerationConsole.Benchmarks.Cases;
using ModerationConsole.Benchmarks.Circuits;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Duplicates;
using ModerationConsole.Benchmarks.Seal;

// Each verb measures one hot path and prints one line of JSON a run; a verb arrives with the path it measures.
return await (args switch
{
    ["desk", .. var rest] => RunAsync(() => DeskOptions.Read(rest), DeskBenchmark.RunAsync),
    ["circuits", .. var rest] => RunAsync(() => CircuitsOptions.Read(rest), CircuitsBenchmark.RunAsync),
    ["duplicates", .. var rest] => RunAsync(() => DuplicatesOptions.Read(rest), DuplicatesBenchmark.RunAsync),
    ["seal", .. var rest] => RunAsync(() => DeskOptions.Read(rest), SealBenchmark.RunAsync),
    ["cases", .. var rest] => RunAsync(() => DeskOptions.Read(rest), CasesBenchmark.RunAsync),
    _ => Task.FromResult(Usage()),
});

static async Task<int> RunAsync<TOptions>(Func<TOptions> read, Func<TOptions, Task<int>> run)
{
    try
    {
        return await run(read());
    }
    catch (UsageException error)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 2;
    }
    catch (InvalidOperationException error)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 1;
    }
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        Usage: dotnet run -c Release --project tests/ModerationConsole.Benchmarks -- VERB [options]

        desk   claim and decide through the real use cases
               --provider sqlite|postgres|sqlserver   (default sqlite)
               --moderators N                         who work at once (default 16)
               --seconds S                            measured time (default 10)
               --cases N                              cases loaded before (default 1500 a second, at least 5000)
               --directory PATH                       where a temporary folder is made (default the system's)
               --connection STRING                    an empty database, for postgres and sqlserver
               --json                                 one line of JSON on standard output

        circuits   open pages over the real protocol: how soon a change is drawn, how soon the next task is, what a desk weighs
               --count N                              circuits connected (default 200)
               --seconds S                            changes, one a second, each time (default 30)
               --deciding N                           desks that decide (default 10)
               --tasks N                              tasks decided before memory is weighed again (default 1000)
               --directory PATH                       where a temporary folder is made (default the system's)
               --json                                 one line of JSON on standard output

        duplicates   search for near duplicates by the index and by a plain scan, by turns, over hashes of which half are near
               duplicates; one line for pictures (256 bits) and one for texts (64 bits)
               --hashes N                             how many there are (default 1000000)
               --queries N                            searches each turn (default 200)
               --rounds N                             turns of each (default 5)

        cases  the list of cases at its beginning, middle and end, both ways, and its search, among a thousand cases and among very
               many, as multiples of the first page of a thousand; --cases N says how many that is, the other options as for desk

        seal   what sealing the audit costs the desk (with and without it, twice by turns), how long entries wait, how fast
               the audit is verified; options as for desk, for sqlite
               --entries N                            entries that are verified (default 300000)
        """);
    return 2;
}
