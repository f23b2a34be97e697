using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>What the verb <c>desk</c> is to measure; <c>seal</c>, <c>cases</c> and <c>snapshot</c> take what concerns them.</summary>
/// <param name="Provider">The database.</param>
/// <param name="Connection">Where the server is; empty for the embedded one.</param>
/// <param name="Moderators">How many work at once on each node, one measurement each.</param>
/// <param name="Seconds">How long each round is measured.</param>
/// <param name="Cases">How many cases wait at the beginning of each round, at least.</param>
/// <param name="Directory">Where the temporary folder is made.</param>
/// <param name="Json">Whether results are lines of JSON.</param>
internal sealed record DeskOptions(
    DatabaseProvider Provider, string Connection, IReadOnlyList<int> Moderators, int Seconds, int Cases, string Directory, bool Json)
{
    private static readonly string[] s_known =
    [
        "--provider", "--connection", "--moderators", "--seconds", "--cases", "--directory", "--entries", "--rounds", "--nodes", "--audit", "--peer",
        "--peer-redis", "--peer-postgres", "--hold", "--warm-up",
    ];

    /// <summary>How many entries of the audit are verified; for the verb <c>seal</c>.</summary>
    public int Entries { get; init; }

    /// <summary>How often each side is measured, by turns.</summary>
    public int Rounds { get; init; }

    /// <summary>
    /// How long each side works before the first turn, seconds. A console runs for weeks; for its first half minute under load it
    /// mostly compiles.
    /// </summary>
    public int WarmUp { get; init; }

    /// <summary>How many processes share the database.</summary>
    public int Nodes { get; init; }

    /// <summary>Whether the other side is the console whose audit stores nothing.</summary>
    public bool WithoutAudit { get; init; }

    /// <summary>How long a snapshot is held open, seconds; for the verb <c>snapshot</c>.</summary>
    public int Hold { get; init; }

    /// <summary>The peers beside which it is measured.</summary>
    public required Peers Peers { get; init; }

    /// <summary>The provider's name on the command line and in the result.</summary>
    public string ProviderName => Arguments.NameOf(Provider);

    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static DeskOptions Read(string verb, IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read(verb, arguments, s_known);
        (DatabaseProvider provider, string connection) = given.Database();
        int seconds = given.Number("--seconds", verb == "desk" ? 4 : 10, 3_600);
        DeskOptions options = new(
            provider, connection, given.Numbers("--moderators", [16], 10_000), seconds,
            given.Number("--cases", Math.Max(5_000, 1_500 * seconds), 10_000_000), given.Text("--directory", Path.GetTempPath()), given.Json)
        {
            Entries = given.Number("--entries", 300_000, 50_000_000),
            WarmUp = given.Number("--warm-up", 30, 600),
            Rounds = given.Number("--rounds", 5, 100),
            Nodes = given.Number("--nodes", 1, 8),
            WithoutAudit = given.OneOf("--audit", "full", "full", "none") == "none",
            Hold = given.Number("--hold", 60, 3_600),
            // Durable as the product is on its own file; as the peer is set up where a server is used.
            Peers = new Peers(
                given.Text("--peer"), given.Number("--peer-redis", provider == DatabaseProvider.Sqlite ? 56_380 : 56_379, 65_535),
                given.Text("--peer-postgres", "postgres://postgres@127.0.0.1:55432/bench")),
        };
        return options switch
        {
            { Nodes: > 1, Provider: not DatabaseProvider.PostgreSql } => throw new UsageException("--nodes needs --provider postgres: several programs cannot share the others here."),
            { WithoutAudit: true, Provider: DatabaseProvider.SqlServer } => throw new UsageException("--audit none needs two databases, so it runs on sqlite and postgres."),
            _ => options,
        };
    }
}
