using System.Globalization;

namespace ModerationConsole.Benchmarks.Duplicates;

/// <summary>What the verb <c>duplicates</c> is to measure.</summary>
/// <param name="Hashes">How many hashes there are.</param>
/// <param name="Queries">Searches each turn.</param>
/// <param name="Rounds">Turns of each, by turns.</param>
/// <param name="Json">Whether the result is one line of JSON a run.</param>
internal sealed record DuplicatesOptions(int Hashes, int Queries, int Rounds, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static DuplicatesOptions Read(IReadOnlyList<string> arguments)
    {
        DuplicatesOptions options = new(1_000_000, 200, 5, Json: false);
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--json" => options with { Json = true },
                "--hashes" when i + 1 < arguments.Count => options with { Hashes = Number(arguments, ++i, 50_000_000) },
                "--queries" when i + 1 < arguments.Count => options with { Queries = Number(arguments, ++i, 100_000) },
                "--rounds" when i + 1 < arguments.Count => options with { Rounds = Number(arguments, ++i, 1_000) },
                _ => throw new UsageException($"duplicates does not know {arguments[i]}, or it lacks its value."),
            };
        }

        return options;
    }

    private static int Number(IReadOnlyList<string> arguments, int at, int most) =>
        int.TryParse(arguments[at], CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= most
            ? value
            : throw new UsageException($"{arguments[at - 1]} must be a whole number from 1 to {most}.");
}
