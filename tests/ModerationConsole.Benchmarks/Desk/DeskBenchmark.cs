using System.Globalization;
using System.Text.Json;
using ModerationConsole.Benchmarks.Measure;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>
/// Moderators who claim and decide as fast as they can on thousands of waiting cases, by turns with a peer that does its like or
/// with a console whose audit stores nothing, and with what the disk can do in the same round.
/// </summary>
internal static class DeskBenchmark
{
    private static readonly TimeSpan s_floorTime = TimeSpan.FromSeconds(0.5);

    public static async Task<int> RunAsync(DeskOptions options)
    {
        int most = options.Moderators.Max();
        await using DeskSide product = await DeskSide.StartAsync(options, most, audit: true);
        await using DeskSide? bare = options.WithoutAudit ? await DeskSide.StartAsync(options, most, audit: false) : null;
        await TellAsync($"Warming up for {options.WarmUp} s");
        foreach (DeskSide side in new[] { product, bare }.OfType<DeskSide>())
        {
            await side.WorkAsync(most, Math.Max(options.Cases, 500 * options.WarmUp), TimeSpan.Zero, options.WarmUp);
        }

        DeskTally[] tallies = [.. options.Moderators.Select(moderators => new DeskTally(moderators))];
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (DeskTally tally in tallies)
            {
                DeskRound done = await product.WorkAsync(tally.Moderators, options.Cases, TimeSpan.FromSeconds(0.5), options.Seconds);
                DeskRound? beside = bare is null
                    ? await PeerAsync(options, tally.Moderators)
                    : await bare.WorkAsync(tally.Moderators, options.Cases, TimeSpan.FromSeconds(0.5), options.Seconds);
                tally.Add(done, beside, Figures.Round(CommitFloor.Measure(product.Folder, s_floorTime)));
                await TellAsync(string.Create(CultureInfo.InvariantCulture, $"Round {round}, {tally.Moderators} moderators: {done.Cycles} cycles a second beside {beside?.Cycles}"));
            }
        }

        int duplicates = await product.DuplicatesAsync() + (bare is null ? 0 : await bare.DuplicatesAsync());
        string name = bare is null ? "peer" : "no audit";
        foreach (DeskTally tally in tallies)
        {
            DeskResult result = tally.Result(options, name, duplicates);
            await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        }

        return duplicates == 0 ? 0 : 1;
    }

    private static async Task<DeskRound?> PeerAsync(DeskOptions options, int moderators) =>
        options.Peers.Folder.Length > 0 && await options.Peers.ClaimAndDecideAsync(moderators * options.Nodes, options.Seconds) is { } round
            ? DeskRound.Of(round)
            : null;

    private static Task TellAsync(string what) => Console.Error.WriteLineAsync(what);
}
