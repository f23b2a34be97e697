namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>
/// How often what was true of a decision's case was also what was decided, by category. Rows and cells are plain counts: what goes in
/// must be a simple random sample (of everything, what the plan's random share drew; or of one stratum, all that was drawn of it),
/// for its shares are not reweighted.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <param name="labels">Names of the categories.</param>
    /// <param name="judged">For each judged decision the index of what was true, by adjudication or re-review, and of what was decided.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index has no label.</exception>
    public ConfusionMatrix(IReadOnlyList<string> labels, IEnumerable<(int Truth, int Decided)> judged)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(judged);
        Labels = [.. labels];
        _counts = new int[labels.Count, labels.Count];
        foreach ((int truth, int decided) in judged)
        {
            ThrowIfUnknown(truth, nameof(judged));
            ThrowIfUnknown(decided, nameof(judged));
            _counts[truth, decided]++;
            Total++;
        }
    }

    /// <summary>Names of the categories, by index.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many were judged in all.</summary>
    public int Total { get; private init; }

    /// <summary>How often <paramref name="truth"/> was decided as <paramref name="decided"/>.</summary>
    public int this[int truth, int decided] => _counts[truth, decided];

    /// <summary>Share of all that was decided as it was true.</summary>
    public Figure Accuracy() => Figure.OfShare(Labels.Select((_, label) => _counts[label, label]).Sum(), Total);

    /// <summary>Of what was truly so, the share that was decided so: what is missing from it was overlooked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index has no label.</exception>
    public Figure Recall(int label)
    {
        ThrowIfUnknown(label, nameof(label));
        return Figure.OfShare(_counts[label, label], Labels.Select((_, decided) => _counts[label, decided]).Sum());
    }

    /// <summary>Of what was decided so, the share that truly was: what is missing from it was done wrongly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index has no label.</exception>
    public Figure Precision(int label)
    {
        ThrowIfUnknown(label, nameof(label));
        return Figure.OfShare(_counts[label, label], Labels.Select((_, truth) => _counts[truth, label]).Sum());
    }

    private void ThrowIfUnknown(int label, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Labels.Count, name);
    }
}
