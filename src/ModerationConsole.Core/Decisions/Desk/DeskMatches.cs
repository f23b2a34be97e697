using System.Text.RegularExpressions;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>A stretch of the judged text that a rule matched or a report quotes.</summary>
/// <param name="Rule">Name of the rule or signal; null where a report quotes it.</param>
public sealed record DeskMatch(TextSpan Span, string? Rule);

/// <summary>Finds what in the judged text rules and reports are about.</summary>
internal static partial class DeskMatches
{
    private const int Most = 50;

    public static IReadOnlyList<DeskMatch> Of(DeskItem item, IEnumerable<CaseGround> grounds, IEnumerable<DeskReport> reports) =>
    [
        .. grounds.SelectMany(ground => ground.Spans.Where(span => Lies(item, span)).Select(span => new DeskMatch(span, ground.Name)))
            .Concat(reports.SelectMany(report => Quotes(report.Reason)).Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(quote => Find(item, quote)))
            .DistinctBy(match => match.Span).Take(Most),
    ];

    // A rule may have seen the item otherwise than it is shown: what lies outside marks nothing.
    private static bool Lies(DeskItem item, TextSpan span) =>
        item.Fields.FirstOrDefault(field => field.Name == span.Field && !field.Sensitive) is { } field && span.Value >= 0 && span.Value < field.Values.Count
        && span is { Start: >= 0, Length: > 0 } && span.Start <= field.Values[span.Value].Length - span.Length;

    private static IEnumerable<string> Quotes(string? reason) =>
        reason is null ? [] : Quoted().Matches(reason).Select(match => match.Groups["words"].Value.Trim()).Where(words => words.Length >= 4);

    private static IEnumerable<DeskMatch> Find(DeskItem item, string quote)
    {
        foreach (DeskField field in item.Fields.Where(field => field.Type == FieldType.String && !field.Sensitive))
        {
            for (int value = 0; value < field.Values.Count; value++)
            {
                int start = field.Values[value].IndexOf(quote, StringComparison.OrdinalIgnoreCase);
                if (start >= 0)
                {
                    yield return new DeskMatch(new TextSpan(field.Name, value, start, quote.Length), null);
                }
            }
        }
    }

    [GeneratedRegex("""["“”„«»](?<words>[^"“”„«»]{4,300})["“”«»]""")]
    private static partial Regex Quoted();
}
