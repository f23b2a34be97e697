using System.Globalization;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>What befalls the console.</summary>
internal enum FaultKind
{
    /// <summary><c>kill -9</c> of a node that works; it is started again.</summary>
    Kill,

    /// <summary>The same while it starts.</summary>
    KillAmidStart,

    /// <summary>A node stands still and goes on.</summary>
    Freeze,

    /// <summary>The database server ends in order and comes back.</summary>
    StopDatabase,

    /// <summary>The database server ends as by a loss of power and comes back.</summary>
    CrashDatabase,

    /// <summary>A connection is cut in the middle of its transaction.</summary>
    CutConnection,

    /// <summary>The disk of the media store is full.</summary>
    FillDisk,

    /// <summary>The platform takes 30 s for each answer.</summary>
    SlowPlatform,
}

/// <summary>One fault.</summary>
/// <param name="After">How long after the one before it in its lane is over; of a kill, after the node listens.</param>
/// <param name="Lasts">How long it lasts.</param>
internal sealed record PlannedFault(FaultKind Kind, TimeSpan After, TimeSpan Lasts)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} after {After.TotalSeconds:0.00} s for {Lasts.TotalSeconds:0.00} s");
}

/// <summary>
/// What befalls whom, in which order and how far apart: all of it follows from the seed, nothing from what the program makes of it.
/// Lanes run beside one another: one for each node, one for the disk of the media, one for the platform and one for a database server.
/// </summary>
internal sealed class FaultPlan
{
    private const double NoLess = 120;

    private FaultPlan(int nodes, int seed, double seconds, bool server)
    {
        // A shorter run ends before its plan does: each plan begins with what a run has to show.
        double length = Math.Max(seconds, NoLess);
        int frozen = new Random(seed).Next(nodes);
        Nodes = [.. Enumerable.Range(0, nodes).Select(node => Node(new Random(seed + 1 + node), length, node == frozen, server))];
        Disk = Lane(new Random(seed + 11), length, random => new PlannedFault(FaultKind.FillDisk, Between(random, 4, 20), Between(random, 4, 10)));
        Platform = Lane(new Random(seed + 12), length, random => new PlannedFault(FaultKind.SlowPlatform, Between(random, 6, 20), Between(random, 10, 20)));
        Database = server ? Server(new Random(seed + 13), length) : [];
    }

    /// <summary>What befalls each node.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedFault>> Nodes { get; }

    public IReadOnlyList<PlannedFault> Disk { get; }

    public IReadOnlyList<PlannedFault> Platform { get; }

    public IReadOnlyList<PlannedFault> Database { get; }

    /// <summary>All of it.</summary>
    public IEnumerable<PlannedFault> All => [.. Nodes.SelectMany(lane => lane), .. Disk, .. Platform, .. Database];

    /// <summary>The plan for two nodes on a database server.</summary>
    public static FaultPlan OfServer(int seed, double seconds) => new(2, seed, seconds, server: true);

    /// <summary>The plan for one node on its own file.</summary>
    public static FaultPlan OfFile(int seed, double seconds) => new(1, seed, seconds, server: false);

    /// <summary>The plan in words, one lane a line.</summary>
    public override string ToString() => string.Join('\n', Lanes().Select(lane => $"{lane.Name}: {string.Join(", ", lane.Faults)}"));

    private IEnumerable<(string Name, IReadOnlyList<PlannedFault> Faults)> Lanes() =>
    [
        .. Nodes.Select((lane, place) => ($"node {place + 1}", lane)), ("disk", Disk), ("platform", Platform), ("database", Database),
    ];

    // A quarter of the kills strike while the program starts. One node stands still once each two minutes, for twice as long as leases outlive it.
    private static List<PlannedFault> Node(Random random, double length, bool freezes, bool server)
    {
        int first = freezes ? random.Next(1, 3) : int.MaxValue;
        double alive = server ? 16 : 4;
        double frozen = double.MinValue;
        List<PlannedFault> lane = [];
        double planned = 0;
        for (int place = 0; planned < length; place++)
        {
            bool freeze = place >= first && planned - frozen > NoLess;
            frozen = freeze ? planned : frozen;
            PlannedFault fault = freeze
                ? new PlannedFault(FaultKind.Freeze, Between(random, 0.5, alive), TimeSpan.FromSeconds(server ? 40 : 14))
                : new PlannedFault(random.Next(4) == 0 ? FaultKind.KillAmidStart : FaultKind.Kill, Between(random, 0, alive), Between(random, 0, server ? 3 : 0.1));
            lane.Add(fault);
            planned += (fault.After + fault.Lasts).TotalSeconds + 2;
        }

        return lane;
    }

    private static List<PlannedFault> Server(Random random, double length)
    {
        int place = 0;
        int first = random.Next(2, 5);
        return Lane(random, length, _ => place++ == first || random.Next(12) == 0
            ? new PlannedFault(random.Next(2) == 0 ? FaultKind.StopDatabase : FaultKind.CrashDatabase, Between(random, 1, 8), TimeSpan.FromSeconds(10))
            : new PlannedFault(FaultKind.CutConnection, Between(random, 0.2, 5), TimeSpan.Zero));
    }

    private static List<PlannedFault> Lane(Random random, double length, Func<Random, PlannedFault> next)
    {
        List<PlannedFault> lane = [];
        for (double planned = 0; planned < length;)
        {
            PlannedFault fault = next(random);
            lane.Add(fault);
            planned += (fault.After + fault.Lasts).TotalSeconds;
        }

        return lane;
    }

    private static TimeSpan Between(Random random, double least, double most) => TimeSpan.FromSeconds(Math.Round(least + ((most - least) * random.NextDouble()), 3));
}
