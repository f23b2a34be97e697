using System.Globalization;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>What the verb <c>desk</c> is to measure.</summary>
/// <param name="Provider">The database.</param>
/// <param name="Connection">An empty database of a server; empty for the embedded one.</param>
/// <param name="Moderators">How many work at once.</param>
/// <param name="Seconds">How long it is measured.</param>
/// <param name="Cases">How many cases wait at the beginning.</param>
/// <param name="Directory">Where the temporary folder is made.</param>
/// <param name="Json">Whether the result is one line of JSON.</param>
/// <param name="Entries">How many entries of the audit are verified; for the verb <c>seal</c>.</param>
internal sealed record DeskOptions(
    DatabaseProvider Provider, string Connection, int Moderators, int Seconds, int Cases, string Directory, bool Json, int Entries = 0)
{
    /// <summary>The provider's name on the command line and in the result.</summary>
    public string ProviderName => Provider switch
    {
        DatabaseProvider.Sqlite => "sqlite",
        DatabaseProvider.PostgreSql => "postgres",
        DatabaseProvider.SqlServer => "sqlserver",
        _ => throw new UsageException("Unknown provider."),
    };

    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static DeskOptions Read(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        bool json = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--json")
            {
                json = true;
            }
            else if (arguments[i] is "--provider" or "--moderators" or "--seconds" or "--cases" or "--directory" or "--connection" or "--entries" && i + 1 < arguments.Count)
            {
                given[arguments[i]] = arguments[++i];
            }
            else
            {
                throw new UsageException($"desk does not know {arguments[i]}, or it lacks its value.");
            }
        }

        DatabaseProvider provider = given.GetValueOrDefault("--provider", "sqlite") switch
        {
            "sqlite" => DatabaseProvider.Sqlite,
            "postgres" => DatabaseProvider.PostgreSql,
            "sqlserver" => DatabaseProvider.SqlServer,
            var other => throw new UsageException($"--provider must be sqlite, postgres or sqlserver, not {other}."),
        };
        int seconds = Number(given, "--seconds", 10, 3_600);
        DeskOptions options = new(
            provider,
            given.GetValueOrDefault("--connection", ""),
            Number(given, "--moderators", 16, 10_000),
            seconds,
            Number(given, "--cases", Math.Max(5_000, 1_500 * seconds), 10_000_000),
            given.GetValueOrDefault("--directory", Path.GetTempPath()),
            json,
            Number(given, "--entries", 300_000, 50_000_000));
        return provider == DatabaseProvider.Sqlite || options.Connection.Length > 0
            ? options
            : throw new UsageException($"--provider {options.ProviderName} needs --connection with the connection string of an empty database.");
    }

    private static int Number(Dictionary<string, string> given, string name, int otherwise, int most) =>
        !given.TryGetValue(name, out string? text) ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= most ? value
        : throw new UsageException($"{name} must be a whole number from 1 to {most}.");
}
