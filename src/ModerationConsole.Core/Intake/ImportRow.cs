namespace ModerationConsole.Core.Intake;

/// <summary>A row of a file that is imported: what the named columns hold, or why it cannot be read.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1.</param>
/// <param name="Problem">Code of why the row cannot be read; null when it could.</param>
internal sealed record ImportRow(long Line, string Id, string Text, string? Media, string? Problem = null)
{
    public static ImportRow Malformed(long line) => new(line, "", "", null, "row.malformed");
}

/// <summary>Which file is imported, and what its columns mean.</summary>
/// <param name="Path">A .csv with a header line, or .jsonl with one object a line.</param>
/// <param name="TypeId">Item type of what it holds.</param>
/// <param name="IdColumn">Column, or key, of the item's id.</param>
/// <param name="TextColumn">Column, or key, of its text.</param>
/// <param name="MediaColumn">Column, or key, of a media file beside the import, or of a URL; null for none.</param>
/// <param name="Limit">Most rows that are read; null for all.</param>
public sealed record ImportFile(string Path, string TypeId, string IdColumn, string TextColumn, string? MediaColumn = null, long? Limit = null);

/// <summary>A row that was not taken in.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Code">Code of why.</param>
public sealed record RefusedRow(long Line, string Code);

/// <summary>How far an import is.</summary>
/// <param name="Done">Share of the file that was read, 0 to 1.</param>
public sealed record ImportProgress(double Done, long Read, long Accepted, long Refused);
