using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Intake;

/// <summary>How an import ended.</summary>
public enum ImportOutcome
{
    /// <summary>The file was read to its end, or to the limit. Single rows may have been refused.</summary>
    Finished,

    /// <summary>There is no such file, or it cannot be read.</summary>
    FileMissing,

    /// <summary>There is no such item type, or it is archived.</summary>
    UnknownType,

    /// <summary>The item type has no field for a text.</summary>
    NoTextField,

    /// <summary>The file has no column of a name that was given.</summary>
    ColumnMissing,

    /// <summary>The file breaks off in a way that nothing after it can be trusted.</summary>
    FileBroken,
}

/// <summary>How an import ended, and what came of it.</summary>
/// <param name="Cases">How many cases it opened.</param>
/// <param name="Column">The column that is missing.</param>
public sealed record ImportResult(ImportOutcome Outcome, long Read = 0, long Accepted = 0, long Refused = 0, long Cases = 0, string? Column = null);

/// <summary>Takes in a file of items through the same intake that programs use.</summary>
[Requires(Permission.SubmitItems)]
public sealed class ImportItems(
    AcceptItems accept, StoreMedia store, WritePath writes, IAccessGuard guard, IDbContextFactory<ConsoleDbContext> contexts) : IUseCase
{
    private const int BatchSize = 100;

    /// <summary>Imports the file, a batch at a time: what was stored stays when it is stopped, and is known when it is started again.</summary>
    /// <param name="progress">Told after each batch, on the caller's thread.</param>
    /// <param name="refused">Told of each row that is not taken in.</param>
    public async Task<ImportResult> RunAsync(
        Caller caller, ImportFile file, Action<ImportProgress> progress, Action<RefusedRow> refused, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ImportItems>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(file);
        if (!File.Exists(file.Path))
        {
            return new ImportResult(ImportOutcome.FileMissing);
        }

        ItemCatalog catalog = await contexts.ReadItemCatalogAsync(cancellationToken).ConfigureAwait(false);
        if (catalog.Find(file.TypeId) is not { Archived: false } type)
        {
            return new ImportResult(ImportOutcome.UnknownType);
        }

        if (type.Fields.FirstOrDefault(field => field is { Type: FieldType.String, Many: false, Role: FieldRole.None or FieldRole.DisplayName }) is not { } text)
        {
            return new ImportResult(ImportOutcome.NoTextField);
        }

        ItemField? media = type.Fields.FirstOrDefault(field => field.Type is FieldType.Media or FieldType.Image or FieldType.Video or FieldType.Audio);
        Run run = new(this, caller, file, text.Name, media, progress, refused)
        {
            Media = new ImportMedia(
                store, caller, Path.GetDirectoryName(Path.GetFullPath(file.Path))!, media, type.Sensitivity == Sensitivity.ChildSafety),
        };
        ImportResult result = await run.ReadAsync(cancellationToken).ConfigureAwait(false);
        await RecordAsync(caller, file, result).ConfigureAwait(false);
        return result;
    }

    private Task<AuditEntry> RecordAsync(Caller caller, ImportFile file, ImportResult result) => writes.RunAsync(
        (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.ImportFinished, subject: file.TypeId, details: new Dictionary<string, object?>
        {
            ["accepted"] = result.Accepted,
            ["cases"] = result.Cases,
            ["outcome"] = result.Outcome.ToString(),
            ["read"] = result.Read,
            ["refused"] = result.Refused,
        })),
        CancellationToken.None);

    /// <summary>One import under way.</summary>
    private sealed class Run(
        ImportItems import, Caller caller, ImportFile file, string textField, ItemField? mediaField, Action<ImportProgress> progress, Action<RefusedRow> refused)
    {
        private readonly List<(long Line, ItemSubmission Item)> _batch = new(BatchSize);
        private long _read;
        private long _accepted;
        private long _refused;
        private long _cases;

        public required ImportMedia Media { get; init; }

        public async Task<ImportResult> ReadAsync(CancellationToken cancellationToken)
        {
            FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                try
                {
                    await foreach (ImportRow row in ImportReader.ReadAsync(stream, file, cancellationToken).ConfigureAwait(false))
                    {
                        if (_read == file.Limit)
                        {
                            break;
                        }

                        _read++;
                        await TakeAsync(row, cancellationToken).ConfigureAwait(false);
                        if (_batch.Count == BatchSize)
                        {
                            await SendAsync(cancellationToken).ConfigureAwait(false);
                            progress(new ImportProgress((double)stream.Position / Math.Max(1, stream.Length), _read, _accepted, _refused));
                        }
                    }

                    await SendAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (ImportColumnException error)
                {
                    return new ImportResult(ImportOutcome.ColumnMissing, Column: error.Column);
                }
                catch (CsvFormatException)
                {
                    await SendAsync(cancellationToken).ConfigureAwait(false);
                    return Result(ImportOutcome.FileBroken);
                }
            }

            progress(new ImportProgress(1, _read, _accepted, _refused));
            return Result(ImportOutcome.Finished);
        }

        private ImportResult Result(ImportOutcome outcome) => new(outcome, _read, _accepted, _refused, _cases);

        private async Task TakeAsync(ImportRow row, CancellationToken cancellationToken)
        {
            RowMedia media = row.Problem is null ? await Media.TakeAsync(row.Media, cancellationToken).ConfigureAwait(false) : new RowMedia();
            if ((row.Problem ?? media.Problem) is { } problem)
            {
                Refuse(row.Line, problem);
                return;
            }

            JsonObject data = new() { [textField] = row.Text };
            if (media.Url is not null)
            {
                data[mediaField!.Name] = mediaField.Many ? new JsonArray(media.Url) : media.Url;
            }

            if (media.Hash is not null)
            {
                data["attached_media"] = new JsonArray($"sha256:{media.Hash}");
            }

            JsonObject item = new() { ["id"] = row.Id, ["typeId"] = file.TypeId, ["data"] = data };
            _batch.Add((row.Line, new ItemSubmission(JsonSerializer.SerializeToElement(item), media.Attached is null ? null : [media.Attached])));
        }

        /// <summary>Sends the batch. It is all or none, so what is refused is taken out and the rest sent again.</summary>
        private async Task SendAsync(CancellationToken cancellationToken)
        {
            while (_batch.Count > 0)
            {
                ItemsOutcome outcome = await import.AcceptAsync(caller, [.. _batch.Select(row => row.Item)], cancellationToken).ConfigureAwait(false);
                if (outcome.Answer == IntakeAnswer.Accepted)
                {
                    _accepted += _batch.Count;
                    _cases += outcome.Results.Where(result => result is { Duplicate: false, CaseNumber: not null }).Select(result => result.CaseNumber).Distinct().Count();
                    _batch.Clear();
                    return;
                }

                foreach (var row in outcome.Problems.GroupBy(problem => Place(problem.Pointer)).OrderByDescending(group => group.Key))
                {
                    Refuse(_batch[row.Key].Line, row.First().Code);
                    _batch.RemoveAt(row.Key);
                }
            }
        }

        private void Refuse(long line, string code)
        {
            _refused++;
            refused(new RefusedRow(line, code));
        }

        // "/items/17/data/text" → 17
        private static int Place(string pointer) => int.Parse(pointer.Split('/')[2], CultureInfo.InvariantCulture);
    }

    private Task<ItemsOutcome> AcceptAsync(Caller caller, IReadOnlyList<ItemSubmission> items, CancellationToken cancellationToken) =>
        accept.RunAsync(caller, items, CaseSource.Import, key: null, cancellationToken);
}
