using System.Diagnostics;
using System.Text.Json;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Benchmarks.Agreement;

/// <summary>What the verb <c>agreement</c> found.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Prevalence">Share of each category, in the order of <see cref="LabelledVotes.Columns"/>.</param>
/// <param name="ThreeVotes">Rows with exactly three votes: what the next three are about.</param>
/// <param name="Milliseconds">What computing it all took, without reading the file.</param>
internal sealed record AgreementResult(
    int Rows, double? Observed, IReadOnlyList<double>? Prevalence, double? AlphaNominal, double? AlphaOrdinal,
    int ThreeVotes, double? ObservedOfThree, double? FleissKappa, double? Ac1, double Milliseconds);

/// <summary>Takes the votes of a labelled file as raters' verdicts and measures their agreement. No text is ever printed.</summary>
internal static class AgreementReplay
{
    private const int Votes = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        Arguments read = Arguments.Read("agreement", arguments, "--labels");
        string path = read.Text("--labels") is { Length: > 0 } given ? given : throw new UsageException("agreement needs --labels with the path of a file.");
        AgreementResult result = Measure(await LabelledVotes.ReadAsync(path));
        await Console.Out.WriteLineAsync(read.Json ? JsonSerializer.Serialize(result, s_json) : InWords(result));
        return 0;
    }

    public static AgreementResult Measure(RatingCounts counts)
    {
        Stopwatch watch = Stopwatch.StartNew();
        RatingCounts three = counts.With(Votes);
        AgreementResult result = new(
            counts.Units, counts.ObservedAgreement(), counts.Prevalence(), KrippendorffAlpha.Nominal(counts), KrippendorffAlpha.Ordinal(counts),
            three.Units, three.ObservedAgreement(), FleissKappa.Of(three), GwetAc1.Of(three), 0);
        return result with { Milliseconds = Figures.Round(watch.Elapsed.TotalMilliseconds) };
    }

    private static string InWords(AgreementResult result) => FormattableString.Invariant(
        $"""
        rows {result.Rows}: agreement {result.Observed:F6}, prevalence {string.Join(", ", (result.Prevalence ?? []).Zip(LabelledVotes.Columns, (share, name) => FormattableString.Invariant($"{name} {share:F6}")))}
          Krippendorff's alpha nominal {result.AlphaNominal:F6}, ordinal {result.AlphaOrdinal:F6}
        rows with three votes {result.ThreeVotes}: agreement {result.ObservedOfThree:F6}
          Fleiss' kappa {result.FleissKappa:F6}, Gwet's AC1 {result.Ac1:F6}
        """);
}
