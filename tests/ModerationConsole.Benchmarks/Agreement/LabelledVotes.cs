using CsvHelper;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Benchmarks.Agreement;

/// <summary>Reads how several people labelled each row of a file. The texts beside the votes are passed over.</summary>
internal static class LabelledVotes
{
    /// <summary>The categories' columns, from the mildest to the gravest: their order is what the ordinal measure goes by.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["neither", "offensive_language", "hate_speech"];

    /// <exception cref="InvalidOperationException">The file is not there, a column is missing, or a row holds no votes where they belong.</exception>
    public static async Task<RatingCounts> ReadAsync(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"There is no file {path}.");
        }

        await using FileStream stream = File.OpenRead(path);
        List<int[]> rows = [];
        await using CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { TrackLineNumbers = true, IncludeValuesInExceptions = false }, leaveOpen: true);
        await csv.ReadHeaderAsync(CancellationToken.None);
        string[] headers = [.. csv.Headers];
        int[] places = [.. Columns.Select(column => Array.IndexOf(headers, column) is var place and >= 0
            ? place
            : throw new InvalidOperationException($"There is no column {column}."))];
        while (await csv.ReadAsync(CancellationToken.None))
        {
            rows.Add([.. places.Select(place => int.TryParse(csv.GetString(place), out int votes) && votes >= 0
                ? votes
                : throw new InvalidOperationException($"Line {csv.LineNumber} holds no count of votes where one belongs."))]);
        }

        return RatingCounts.Of(Columns.Count, rows);
    }
}
