using System.Globalization;
using CsvHelper;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>
/// Figures as lines: what is told, of what, value and interval from 0 to 1 (empty with "too few" under 50 judgements), how many were
/// judged and how many of them wrong, how many decisions there are and which share of them the figure speaks of.
/// </summary>
public static class FiguresCsv
{
    /// <summary>Writes them. Text that a spreadsheet would take for a formula is made harmless.</summary>
    public static byte[] Write(QualityFigures figures, ExportMark mark)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(mark);
        using MemoryStream bytes = new();
        using (CsvWriter csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteHeader("figure", "id", "name", "period", "n", "value", "low", "high", "wrong", "decisions", "represented", "note");
            foreach (Line line in Lines(figures))
            {
                line.Write(csv);
            }

            // Last, so that whoever reads only the first line for the columns is not in its way.
            new Line("exported", mark.Id.ToString(), mark.Who, mark.At.ToString("O", CultureInfo.InvariantCulture), figures.Samples.Judged).Write(csv);
        }

        return bytes.ToArray();
    }

    private static IEnumerable<Line> Lines(QualityFigures figures)
    {
        string period = string.Create(CultureInfo.InvariantCulture, $"{figures.From:O}/{figures.To:O}");
        Line Estimate(string figure, string id, string name, StratifiedEstimate estimate, int wrong) => Of(figure, id, name, estimate.Figure) with
        {
            Wrong = wrong,
            Decisions = estimate.Population,
            Represented = estimate.RepresentedShare,
        };
        Line Of(string figure, string id, string name, Figure value) => new(figure, id, name, period, N: value.N)
        {
            Value = value.TooFew ? null : value.Value,
            Low = value.TooFew ? null : value.Low,
            High = value.TooFew ? null : value.High,
            Note = value.TooFew ? "too few" : "",
        };
        Line Measure(string figure, double? value) => Of(figure, "", "", figures.Agreement.Raw with { Value = value, Low = null, High = null });

        return
        [
            Estimate("accuracy", "", "", figures.Accuracy, figures.Samples.Wrong),
            Of("severity-weighted error", "", "", figures.WeightedError),
            Of("disputes overturned", "", "", figures.Overturned),
            .. figures.Policies.Select(row => Estimate("accuracy of policy", row.PolicyId ?? "", $"{row.Code} {row.Name}".Trim(), row.Accuracy, row.Wrong)),
            .. figures.People.Select(row => Estimate("accuracy of person", row.PersonId.ToString(), row.Name, row.Accuracy, row.Wrong)),
            .. figures.Errors.Select(row => new Line("errors of kind", $"{row.Kind}", "", period, row.Count)),
            .. figures.Causes.Select(row => new Line("errors of cause", $"{row.Cause}", "", period, row.Count)),
            .. Confusion(figures.Confusion, period),
            Of("agreement", "", "", figures.Agreement.Raw),
            Measure("krippendorff alpha nominal", figures.Agreement.Nominal),
            Measure("krippendorff alpha ordinal", figures.Agreement.Ordinal),
            Measure("cohen kappa", figures.Agreement.Cohen),
            Measure("fleiss kappa", figures.Agreement.Fleiss),
            Measure("gwet ac1", figures.Agreement.Ac1),
            Measure("prevalence of commonest finding", figures.Agreement.Prevalence),
        ];
    }

    private static IEnumerable<Line> Confusion(ConfusionFigures confusion, string period) =>
        from truth in Enumerable.Range(0, confusion.Classes.Count)
        from decided in Enumerable.Range(0, confusion.Classes.Count)
        where confusion.Matrix[truth, decided] > 0
        select new Line("decided as", confusion.Matrix.Labels[decided], $"right: {confusion.Matrix.Labels[truth]}", period, confusion.Matrix[truth, decided]);

    private sealed record Line(string Figure, string Id, string Name, string Period, int N)
    {
        public double? Value { get; init; }

        public double? Low { get; init; }

        public double? High { get; init; }

        public int? Wrong { get; init; }

        public long? Decisions { get; init; }

        public double? Represented { get; init; }

        public string Note { get; init; } = "";

        public void Write(CsvWriter csv)
        {
            foreach (string text in (string[])[Figure, Id, Name, Period])
            {
                csv.WriteField(text);
            }

            csv.WriteField(N);
            csv.WriteField(Value);
            csv.WriteField(Low);
            csv.WriteField(High);
            csv.WriteField(Wrong);
            csv.WriteField(Decisions);
            csv.WriteField(Represented);
            csv.WriteField(Note);
            csv.EndRecord();
        }
    }
}
