using ModerationConsole.Benchmarks.Measure;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>What one run of the verb <c>desk</c> found: medians over its rounds, and how each round compared.</summary>
/// <param name="Moderators">How many worked at once, on all nodes together.</param>
/// <param name="CyclesPerSecond">Claims with their decisions a second, all nodes together.</param>
/// <param name="Duplicates">Tasks that two were given, and cases that were decided twice: none, or the run is void.</param>
/// <param name="CommitFloorPerSecond">Forced writes a second that the disk can do, by one writer.</param>
/// <param name="Beside">What it is compared with; null where nothing could be.</param>
/// <param name="CyclesEach">Cycles a second of each round.</param>
/// <param name="FloorEach">The disk's floor of each round.</param>
/// <param name="BesideEach">Cycles a second of the other side in each round.</param>
/// <param name="CyclesRatio">Product over the other side: more is better.</param>
/// <param name="ClaimP99Ratio">The same of the slowest claims: less is better.</param>
/// <param name="DecideP99Ratio">The same of the slowest decisions.</param>
/// <param name="ProcessorMs">Milliseconds of processor that the nodes took for one cycle, the database server's own not counted.</param>
/// <param name="FloorRatio">Cycles over forced writes.</param>
internal sealed record DeskResult(
    string Provider, int Moderators, double CyclesPerSecond, double ClaimP50Ms, double ClaimP99Ms, double DecideP50Ms, double DecideP99Ms,
    int Duplicates, double CommitFloorPerSecond, int Nodes, int Rounds, string? Beside, IReadOnlyList<double> CyclesEach, IReadOnlyList<double> FloorEach,
    IReadOnlyList<double> BesideEach, Ratio? CyclesRatio, Ratio? ClaimP99Ratio, Ratio? DecideP99Ratio, Ratio? FloorRatio, double ProcessorMs);

/// <summary>What one side did in one round.</summary>
internal sealed record DeskRound(double Cycles, double Claim50, double Claim99, double Decide50, double Decide99, double ProcessorMs = 0)
{
    public static DeskRound Of(PeerRound peer) => new(peer.Cycles, peer.Claim50, peer.Claim99, peer.Dec50, peer.Dec99);
}

/// <summary>The rounds of one number of moderators.</summary>
internal sealed class DeskTally(int moderators)
{
    private readonly List<(DeskRound Product, DeskRound? Beside, double Floor)> _rounds = [];

    public int Moderators => moderators;

    public void Add(DeskRound product, DeskRound? beside, double floor) => _rounds.Add((product, beside, floor));

    public DeskResult Result(DeskOptions options, string? beside, int duplicates)
    {
        (DeskRound Product, DeskRound Beside, double Floor)[] both = [.. _rounds.Where(round => round.Beside is not null).Select(round => (round.Product, round.Beside!, round.Floor))];
        return new DeskResult(
            options.ProviderName, moderators * options.Nodes, Of(round => round.Cycles), Of(round => round.Claim50), Of(round => round.Claim99),
            Of(round => round.Decide50), Of(round => round.Decide99), duplicates, Figures.Median([.. _rounds.Select(round => round.Floor)]),
            options.Nodes, _rounds.Count, both.Length > 0 ? beside : null,
            [.. _rounds.Select(round => round.Product.Cycles)], [.. _rounds.Select(round => round.Floor)], [.. both.Select(round => round.Beside.Cycles)],
            Ratio.OfRates(both.Select(round => round.Product.Cycles), both.Select(round => round.Beside.Cycles)),
            Ratio.OfTimes(both.Select(round => round.Product.Claim99), both.Select(round => round.Beside.Claim99)),
            Ratio.OfTimes(both.Select(round => round.Product.Decide99), both.Select(round => round.Beside.Decide99)),
            Ratio.OfRates(_rounds.Select(round => round.Product.Cycles), _rounds.Select(round => round.Floor)), Of(round => round.ProcessorMs));
    }

    private double Of(Func<DeskRound, double> figure) => Figures.Median([.. _rounds.Select(round => figure(round.Product))]);
}
