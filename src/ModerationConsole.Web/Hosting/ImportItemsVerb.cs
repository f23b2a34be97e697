using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Web.Hosting;

/// <summary>Takes a file of items in. Progress and refused rows go to stderr, the sum to stdout; what the rows hold goes nowhere.</summary>
internal sealed class ImportItemsVerb : IVerb
{
    public string Name => "import items";

    public string Usage => "FILE.csv|jsonl --type ID --id COL --text COL [--media COL] [--limit N] [--json]";

    // Media that come with the file are drawn while it is read.
    public VerbNeeds Needs => VerbNeeds.BackgroundServices;

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Read(args) is not { } options)
        {
            return ExitCode.WrongUse;
        }

        ProgressLine line = new(Console.Error, !Console.IsErrorRedirected);
        long began = Stopwatch.GetTimestamp();
        ImportResult result = await services.GetRequiredService<ImportItems>().RunAsync(
            Caller.System, options.File, line.Show, row => line.Say($"Line {row.Line} was refused: {row.Code}"), cancellationToken);
        line.Finish();
        if (Explain(result, options.File) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return result.Outcome is ImportOutcome.UnknownType or ImportOutcome.ColumnMissing or ImportOutcome.NoTextField ? ExitCode.WrongUse : ExitCode.Failed;
        }

        double seconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3);
        Console.WriteLine(options.Json
            ? JsonSerializer.Serialize(new { read = result.Read, accepted = result.Accepted, refused = result.Refused, cases = result.Cases, seconds })
            : string.Create(CultureInfo.InvariantCulture,
                $"Read {result.Read}, accepted {result.Accepted}, refused {result.Refused}, opened {result.Cases} cases in {seconds:0.0} s."));
        return ExitCode.Ok;
    }

    private static string? Explain(ImportResult result, ImportFile file) => result.Outcome switch
    {
        ImportOutcome.Finished => null,
        ImportOutcome.FileMissing => $"{file.Path} is not there.",
        ImportOutcome.UnknownType => $"There is no item type {file.TypeId}. Define it in /admin/types first.",
        ImportOutcome.NoTextField => $"The item type {file.TypeId} has no field for a text.",
        ImportOutcome.ColumnMissing => $"{file.Path} has no column {result.Column}.",
        ImportOutcome.FileBroken => $"{file.Path} cannot be read beyond {result.Read} rows; {result.Accepted} of them were taken in.",
    };

    private static ImportOptions? Read(string[] args)
    {
        string? path = null;
        bool json = false;
        Dictionary<string, string> named = new(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--type" or "--id" or "--text" or "--media" or "--limit" when i + 1 < args.Length && named.TryAdd(args[i], args[i + 1]):
                    i++;
                    break;
                case { } other when path is null && !other.StartsWith('-'):
                    path = other;
                    break;
                default:
                    return null;
            }
        }

        long? limit = null;
        if (named.TryGetValue("--limit", out string? text))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return null;
            }

            limit = number;
        }

        return path is not null && Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".JSONL" or ".NDJSON"
            && named.TryGetValue("--type", out string? type) && named.TryGetValue("--id", out string? id) && named.TryGetValue("--text", out string? words)
            ? new ImportOptions(new ImportFile(path, type, id, words, named.GetValueOrDefault("--media"), limit), json)
            : null;
    }

    private sealed record ImportOptions(ImportFile File, bool Json);

    /// <summary>One line that is drawn over itself on a terminal, and now and then printed anew in a log.</summary>
    private sealed class ProgressLine(TextWriter writer, bool terminal)
    {
        private const int Width = 30;
        private int _tenths = -1;
        private bool _drawn;
        private string? _unwritten;

        public void Show(ImportProgress progress)
        {
            int full = Math.Clamp((int)(progress.Done * Width), 0, Width);
            string line = string.Create(CultureInfo.InvariantCulture,
                $"[{new string('#', full)}{new string('.', Width - full)}] {progress.Done,4:P0}  read {progress.Read}, accepted {progress.Accepted}, refused {progress.Refused}");
            int tenths = (int)(progress.Done * 10);
            if (terminal)
            {
                writer.Write($"\r{line}");
                _drawn = true;
            }
            else if (tenths != _tenths)
            {
                writer.WriteLine(line);
                _unwritten = null;
            }
            else
            {
                _unwritten = line;
            }

            _tenths = tenths;
        }

        public void Say(string text)
        {
            End();
            writer.WriteLine(text);
        }

        public void End()
        {
            if (_drawn)
            {
                writer.WriteLine();
                _drawn = false;
            }
        }

        /// <summary>The last of what was told, also where a log has no place for each.</summary>
        public void Finish()
        {
            End();
            if (_unwritten is not null)
            {
                writer.WriteLine(_unwritten);
            }
        }
    }
}
