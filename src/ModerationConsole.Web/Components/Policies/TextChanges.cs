using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>What became of a line between two texts.</summary>
public enum LineChange
{
    Kept,
    Removed,
    Added,

    /// <summary>Stands for kept lines far from any change.</summary>
    Folded,
}

/// <summary>A piece of a line; marked where it is what differs.</summary>
public sealed record LinePart(string Text, bool Marked);

/// <summary>A line of either text, or a fold.</summary>
/// <param name="Lines">How many lines it stands for.</param>
public sealed record ChangedLine(LineChange Change, IReadOnlyList<LinePart> Parts, int Lines = 1);

/// <summary>Compares two texts line by line, and changed lines word by word.</summary>
public static class TextChanges
{
    /// <summary>Longer texts are not compared: where nothing is alike, the time grows with the square of the words.</summary>
    public const int LongestText = 20_000;

    private const int Around = 2;

    /// <summary>The lines of both with what became of each, kept ones only near a change; empty where they are equal, null where one is too long.</summary>
    public static IReadOnlyList<ChangedLine>? Between(string before, string after)
    {
        if (before == after)
        {
            return [];
        }

        return before.Length > LongestText || after.Length > LongestText ? null : Fold([.. Lines(before, after)]);
    }

    private static IEnumerable<ChangedLine> Lines(string before, string after)
    {
        SideBySideDiffModel model = SideBySideDiffBuilder.Diff(before, after, ignoreWhiteSpace: false);
        List<ChangedLine> added = [];
        foreach ((DiffPiece old, DiffPiece now) in model.OldText.Lines.Zip(model.NewText.Lines))
        {
            if (old.Type == ChangeType.Unchanged)
            {
                // What was added in the place of what was removed follows it as a whole.
                foreach (ChangedLine line in added)
                {
                    yield return line;
                }

                added.Clear();
                yield return new ChangedLine(LineChange.Kept, [new LinePart(old.Text ?? "", Marked: false)]);
                continue;
            }

            if (old.Type != ChangeType.Imaginary)
            {
                yield return new ChangedLine(LineChange.Removed, Parts(old));
            }

            if (now.Type != ChangeType.Imaginary)
            {
                added.Add(new ChangedLine(LineChange.Added, Parts(now)));
            }
        }

        foreach (ChangedLine line in added)
        {
            yield return line;
        }
    }

    private static LinePart[] Parts(DiffPiece line) => line.SubPieces.Count == 0
        ? [new LinePart(line.Text ?? "", Marked: true)]
        : [.. line.SubPieces.Where(piece => piece.Text is { Length: > 0 }).Select(piece => new LinePart(piece.Text, piece.Type != ChangeType.Unchanged))];

    private static List<ChangedLine> Fold(ChangedLine[] lines)
    {
        List<ChangedLine> shown = [];
        bool Near(int place) => Enumerable.Range(Math.Max(0, place - Around), Math.Min(lines.Length, place + Around + 1) - Math.Max(0, place - Around))
            .Any(other => lines[other].Change != LineChange.Kept);
        for (int place = 0; place < lines.Length; place++)
        {
            if (lines[place].Change != LineChange.Kept || Near(place))
            {
                shown.Add(lines[place]);
            }
            else if (shown is [.., { Change: LineChange.Folded } fold])
            {
                shown[^1] = fold with { Lines = fold.Lines + 1 };
            }
            else
            {
                shown.Add(new ChangedLine(LineChange.Folded, []));
            }
        }

        return shown;
    }
}
