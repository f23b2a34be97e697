using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace ModerationConsole.Core.Intake;

/// <summary>The file does not have a column that was named.</summary>
internal sealed class ImportColumnException(string column) : Exception($"There is no column {column}.")
{
    public string Column { get; } = column;
}

/// <summary>Reads the rows of an import one by one, however large the file is.</summary>
internal static class ImportReader
{
    private const int MaxRow = 8 * 1024 * 1024;

    /// <summary>The rows of the file, from the stream that shows how far the reading is.</summary>
    public static IAsyncEnumerable<ImportRow> ReadAsync(Stream stream, ImportFile file, CancellationToken cancellationToken) =>
        IsJsonLines(file.Path) ? ReadJsonLinesAsync(stream, file, cancellationToken) : ReadCsvAsync(stream, file, cancellationToken);

    /// <summary>Whether the file holds one JSON object a line.</summary>
    public static bool IsJsonLines(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".JSONL" or ".NDJSON";

    private static async IAsyncEnumerable<ImportRow> ReadCsvAsync(Stream stream, ImportFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool broken = false;
        CsvReader csv = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                TrackLineNumbers = true,
                MaxRecordSize = MaxRow,
                IncludeValuesInExceptions = false,
                // A quote in the middle of a text is just a quote; anything else leaves open where the row ends.
                OnMalformedRecord = record => broken = record.Reason != CsvMalformedReason.StrayQuote,
            },
            leaveOpen: true);
        await using (csv.ConfigureAwait(false))
        {
            await csv.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            string[] headers = [.. csv.Headers];
            int id = Column(headers, file.IdColumn);
            int text = Column(headers, file.TextColumn);
            int? media = file.MediaColumn is null ? null : Column(headers, file.MediaColumn);
            while (await csv.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return broken || csv.FieldCount != headers.Length
                    ? ImportRow.Malformed(csv.LineNumber)
                    : new ImportRow(csv.LineNumber, csv.GetString(id), csv.GetString(text), media is { } column ? csv.GetString(column) : null);
                broken = false;
            }
        }
    }

    private static int Column(string[] headers, string name)
    {
        int place = Array.IndexOf(headers, name);
        return place >= 0 ? place : throw new ImportColumnException(name);
    }

    private static async IAsyncEnumerable<ImportRow> ReadJsonLinesAsync(Stream stream, ImportFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        long line = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text)
        {
            line++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(line, text, file);
            }
        }
    }

    private static ImportRow Parse(long line, string text, ImportFile file)
    {
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(text), out JsonDocument? document))
        {
            return ImportRow.Malformed(line);
        }

        using (document)
        {
            JsonElement row = document.RootElement;
            return row.ValueKind == JsonValueKind.Object
                && Value(row, file.IdColumn) is { } id
                && Value(row, file.TextColumn) is { } words
                    ? new ImportRow(line, id, words, file.MediaColumn is null ? null : Value(row, file.MediaColumn))
                    : ImportRow.Malformed(line);
        }
    }

    private static string? Value(JsonElement row, string key) => !row.TryGetProperty(key, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
