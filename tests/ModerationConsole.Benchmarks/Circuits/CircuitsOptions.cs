using System.Globalization;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>What the verb <c>circuits</c> is to measure.</summary>
/// <param name="Count">How many circuits are connected.</param>
/// <param name="Seconds">For how long changes come, one a second, each time.</param>
/// <param name="Deciding">How many of the desks decide.</param>
/// <param name="Tasks">How many tasks are decided before memory is weighed again.</param>
/// <param name="WarmUp">How often all are opened and closed before they are weighed.</param>
/// <param name="Directory">Where the temporary folder is made.</param>
/// <param name="Json">Whether the result is one line of JSON.</param>
internal sealed record CircuitsOptions(int Count, int Seconds, int Deciding, int Tasks, int WarmUp, string Directory, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static CircuitsOptions Read(IReadOnlyList<string> arguments)
    {
        CircuitsOptions options = new(200, 30, 10, 1_000, 2, Path.GetTempPath(), false);
        for (int i = 0; i < arguments.Count; i++)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            (options, i) = arguments[i] switch
            {
                "--json" => (options with { Json = true }, i),
                "--count" => (options with { Count = Number("--count", value, 20, 1_000) }, i + 1),
                "--seconds" => (options with { Seconds = Number("--seconds", value, 1, 3_600) }, i + 1),
                "--deciding" => (options with { Deciding = Number("--deciding", value, 1, 100) }, i + 1),
                "--tasks" => (options with { Tasks = Number("--tasks", value, 0, 100_000) }, i + 1),
                "--warm-up" => (options with { WarmUp = Number("--warm-up", value, 1, 100) }, i + 1),
                "--directory" when value.Length > 0 => (options with { Directory = value }, i + 1),
                _ => throw new UsageException($"circuits does not know {arguments[i]}, or it lacks its value."),
            };
        }

        return options.Deciding <= options.Count ? options : throw new UsageException("--deciding must not be more than --count.");
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value
        : throw new UsageException($"{name} must be a whole number from {least} to {most}.");
}
