using System.Globalization;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Measure;

/// <summary>The options of a verb as they were given: each with its value, and <c>--json</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>Whether the result is one line of JSON.</summary>
    public bool Json { get; private set; }

    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Arguments Read(string verb, IReadOnlyList<string> arguments, params IReadOnlyCollection<string> known)
    {
        Arguments read = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--json")
            {
                read.Json = true;
            }
            else if (known.Contains(arguments[i]) && i + 1 < arguments.Count)
            {
                read._given[arguments[i]] = arguments[++i];
            }
            else
            {
                throw new UsageException($"{verb} does not know {arguments[i]}, or it lacks its value.");
            }
        }

        return read;
    }

    public string Text(string name, string otherwise = "") => _given.GetValueOrDefault(name, otherwise);

    /// <exception cref="UsageException">It is no whole number in these bounds.</exception>
    public int Number(string name, int otherwise, int most, int least = 1) => Numbers(name, [otherwise], most, least) is [var one]
        ? one
        : throw new UsageException($"{name} must be one whole number.");

    /// <summary>Several, with commas between them.</summary>
    /// <exception cref="UsageException">One is no whole number in these bounds.</exception>
    public IReadOnlyList<int> Numbers(string name, IReadOnlyList<int> otherwise, int most, int least = 1) =>
        !_given.TryGetValue(name, out string? text) ? otherwise : [.. text.Split(',').Select(part =>
            int.TryParse(part, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
                ? value
                : throw new UsageException($"{name} must be a whole number from {least} to {most}."))];

    /// <exception cref="UsageException">It is none of those.</exception>
    public string OneOf(string name, string otherwise, params IReadOnlyCollection<string> those) => Text(name, otherwise) is var value && those.Contains(value)
        ? value
        : throw new UsageException($"{name} must be {string.Join(" or ", those)}, not {Text(name, otherwise)}.");

    /// <summary>The database, and where its server is.</summary>
    /// <exception cref="UsageException">It is unknown, or there is no server.</exception>
    public (DatabaseProvider Provider, string Connection) Database(string otherwise = "sqlite")
    {
        DatabaseProvider provider = Text("--provider", otherwise) switch
        {
            "sqlite" => DatabaseProvider.Sqlite,
            "postgres" => DatabaseProvider.PostgreSql,
            "sqlserver" => DatabaseProvider.SqlServer,
            var other => throw new UsageException($"--provider must be sqlite, postgres or sqlserver, not {other}."),
        };
        string connection = Text("--connection");
        return provider == DatabaseProvider.Sqlite || connection.Length > 0
            ? (provider, connection)
            : throw new UsageException($"--provider {NameOf(provider)} needs --connection with a connection string.");
    }

    /// <summary>The provider's name on the command line and in results.</summary>
    public static string NameOf(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "sqlite",
        DatabaseProvider.PostgreSql => "postgres",
        DatabaseProvider.SqlServer => "sqlserver",
        _ => throw new UsageException("Unknown provider."),
    };
}
