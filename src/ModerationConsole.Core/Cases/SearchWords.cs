using System.Globalization;
using System.Text;

namespace ModerationConsole.Core.Cases;

/// <summary>What is looked for: words that stand side by side.</summary>
/// <param name="Words">Folded words in order.</param>
/// <param name="Begins">Whether the last one may go on: "foll" finds "followers".</param>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool Begins);

/// <summary>
/// Cuts text into words that are compared letter by letter: case, accents and forms of letters are folded for every script,
/// and scripts written without blanks are cut into overlapping pairs.
/// </summary>
public static class SearchWords
{
    // Beyond this a text is no longer searched; it bounds what one case costs.
    private const int MostRead = 30_000;
    private const int MostKept = 95_000;
    private const int LongestWord = 60;

    /// <summary>The words of some texts as they are stored, each with a blank before it.</summary>
    public static string Of(params IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        StringBuilder kept = new();
        foreach (string text in texts.OfType<string>())
        {
            foreach (string word in Cut(text.Length > MostRead ? text[..MostRead] : text, ends: true))
            {
                if (kept.Length + word.Length >= MostKept)
                {
                    return kept.ToString();
                }

                kept.Append(' ').Append(word);
            }
        }

        return kept.ToString();
    }

    /// <summary>What people type, as terms that must all be found: blanks part them, quotation marks hold words together.</summary>
    public static IReadOnlyList<SearchTerm> Terms(string? typed)
    {
        List<SearchTerm> terms = [];
        string[] parts = (typed ?? "").Replace('“', '"').Replace('”', '"').Split('"');
        for (int place = 0; place < parts.Length; place++)
        {
            bool quoted = place % 2 == 1;
            IEnumerable<string> texts = quoted ? [parts[place]] : parts[place].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            terms.AddRange(texts.Select(text => new SearchTerm([.. Cut(text, ends: false)], !quoted)).Where(term => term.Words.Count > 0));
        }

        return terms;
    }

    /// <param name="ends">Whether a last sign of a script without blanks is a word of its own, so that it is found by itself.</param>
    private static IEnumerable<string> Cut(string text, bool ends)
    {
        StringBuilder word = new();
        Rune? last = null;
        bool single = false;
        foreach (Rune rune in UnicodeText.Normalized(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                continue;
            }

            bool counts = Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
            bool unspaced = counts && IsUnspaced(rune.Value);
            if (word.Length > 0 && (!counts || unspaced || word.Length >= LongestWord))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (last is { } before && (!unspaced || !counts))
            {
                if (single || ends)
                {
                    yield return before.ToString();
                }

                last = null;
            }

            if (unspaced)
            {
                if (last is { } first)
                {
                    yield return $"{first}{rune}";
                }

                (single, last) = (last is null, rune);
            }
            else if (counts)
            {
                word.Append(Fold(rune).ToString());
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }

        if (last is { } rest && (single || ends))
        {
            yield return rest.ToString();
        }
    }

    private static Rune Fold(Rune rune) => Rune.ToLowerInvariant(rune) is { Value: not 'ς' } lower ? lower : new Rune('σ');

    // Han, kana, Thai, Lao, Myanmar and Khmer.
    private static bool IsUnspaced(int value) => value
        is (>= 0x3400 and <= 0x9FFF) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF)
        or (>= 0x0E01 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
