using ModerationConsole.Benchmarks.Agreement;
using ModerationConsole.Benchmarks.Cases;
using ModerationConsole.Benchmarks.Circuits;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Duplicates;
using ModerationConsole.Benchmarks.Intake;
using ModerationConsole.Benchmarks.Precedents;
using ModerationConsole.Benchmarks.Push;
using ModerationConsole.Benchmarks.Quality;
using ModerationConsole.Benchmarks.Scale;
using ModerationConsole.Benchmarks.Seal;
using ModerationConsole.Benchmarks.Snapshot;

namespace ModerationConsole.Benchmarks;

/// <summary>Each verb measures one hot path and prints one line of JSON a run; a verb arrives with the path it measures.</summary>
internal static class Verbs
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            return await (args switch
            {
                ["desk", .. var rest] => DeskBenchmark.RunAsync(DeskOptions.Read("desk", rest)),
                ["circuits", .. var rest] => CircuitsBenchmark.RunAsync(CircuitsOptions.Read(rest)),
                ["duplicates", .. var rest] => DuplicatesBenchmark.RunAsync(DuplicatesOptions.Read(rest)),
                ["seal", .. var rest] => SealBenchmark.RunAsync(DeskOptions.Read("seal", rest)),
                ["cases", .. var rest] => CasesBenchmark.RunAsync(DeskOptions.Read("cases", rest)),
                ["intake", .. var rest] => IntakeBenchmark.RunAsync(IntakeOptions.Read(rest)),
                ["push", .. var rest] => PushBenchmark.RunAsync(PushOptions.Read(rest)),
                ["scale", .. var rest] => ScaleBenchmark.RunAsync(ScaleOptions.Read(rest)),
                ["snapshot", .. var rest] => SnapshotBenchmark.RunAsync(DeskOptions.Read("snapshot", rest)),
                ["quality", .. var rest] => QualityBenchmark.RunAsync(QualityOptions.Read(rest)),
                ["precedents", .. var rest] => PrecedentBenchmark.RunAsync(PrecedentOptions.Read(rest)),
                ["agreement", .. var rest] => AgreementReplay.RunAsync(rest),
                // What desk starts for each node.
                ["desk-node", .. var rest] => DeskNode.RunAsync(rest),
                _ => UsageAsync(),
            });
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

    private static async Task<int> UsageAsync()
    {
        await Console.Error.WriteLineAsync(Usage.Text);
        return 2;
    }
}
