using System.Text;
using ModerationConsole.Web.Components.Review.Masking;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A stretch of text that something is about.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">In characters (UTF-16).</param>
/// <param name="Why">What it is, in words.</param>
public readonly record struct TextMark(int Start, int Length, string Why);

/// <summary>A stretch of evidence as it is drawn.</summary>
/// <param name="Unseen">What a hidden character is, in words; null for text.</param>
/// <param name="Why">What the stretch is marked for; null where it is not.</param>
/// <param name="Masked">Whether it is covered until it is pointed at.</param>
public readonly record struct DrawnRun(string Text, string? Unseen, string? Why, bool Masked);

/// <summary>Cuts a part of a text where marks, covered words and hidden characters begin and end.</summary>
public static class EvidenceMarks
{
    /// <summary>The runs of a text from <paramref name="from"/> up to <paramref name="to"/>, in order; together they hold all of it.</summary>
    public static IEnumerable<DrawnRun> Of(string text, int from, int to, IReadOnlyList<TextMark> marks, IReadOnlyList<MaskedSpan> masks)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(marks);
        ArgumentNullException.ThrowIfNull(masks);
        SortedSet<int> cuts = [from, to];
        foreach ((int start, int length) in marks.Select(mark => (mark.Start, mark.Length)).Concat(masks.Select(mask => (mask.Start, mask.Length))))
        {
            cuts.Add(Math.Clamp(start, from, to));
            cuts.Add(Math.Clamp(start + length, from, to));
        }

        int begin = from;
        Rune? before = null;
        foreach (int end in cuts.Skip(1))
        {
            string? why = marks.Where(mark => mark.Start <= begin && mark.Start + mark.Length >= end).Select(mark => mark.Why).FirstOrDefault();
            bool masked = masks.Any(mask => mask.Start <= begin && mask.Start + mask.Length >= end);
            string part = text[begin..end];
            foreach (EvidenceRun run in EvidenceRuns.Of(part, before))
            {
                yield return new DrawnRun(run.Text, run.Unseen, why, masked && run.Unseen is null);
            }

            before = Rune.DecodeLastFromUtf16(part, out Rune last, out _) == System.Buffers.OperationStatus.Done ? last : null;
            begin = end;
        }
    }
}
