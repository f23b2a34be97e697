using System.Globalization;
using System.Text;

namespace ModerationConsole.Core.Cases;

/// <summary>What is looked for: words that stand side by side.</summary>
/// <param name="Words">Folded words in order.</param>
/// <param name="Begins">Whether the last one may go on: "foll" finds "followers".</param>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool Begins);

/// <summary>
/// Cuts text into words that are compared letter by letter: case, accents and forms of letters are folded for every script,
/// and scripts written without blanks are cut into overlapping pairs. What looks like an id ("author-77") is kept in one piece too,
/// and looked for as that: side by side, its parts would have to be sought in every text that holds the first.
/// </summary>
public static class SearchWords
{
    // Beyond this a text is no longer searched; it bounds what one case costs.
    private const int MostRead = 30_000;
    private const int MostKept = 95_000;
    private const int LongestWord = 60;

    private static readonly char[] s_idSigns = [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(char.IsAsciiLetterOrDigit)];

    /// <summary>The words of some texts as they are stored, each with a blank before it.</summary>
    public static string Of(params IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] read = [.. texts.OfType<string>().Select(text => text.Length > MostRead ? text[..MostRead] : text)];
        StringBuilder kept = new();
        // Ids stand behind the words, so that these stay side by side.
        foreach (string word in read.SelectMany(text => Cut(text, ends: true)).Concat(read.SelectMany(Blanks).Select(IdIn).OfType<string>().Distinct()))
        {
            if (kept.Length + word.Length >= MostKept)
            {
                break;
            }

            kept.Append(' ').Append(word);
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
            IEnumerable<string> texts = quoted ? [parts[place]] : Blanks(parts[place]);
            terms.AddRange(texts.Select(text => new SearchTerm(!quoted && IdIn(text) is { } id ? [id] : [.. Cut(text, ends: false)], !quoted))
                .Where(term => term.Words.Count > 0));
        }

        return terms;
    }

    private static string[] Blanks(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Letters and digits of a piece that has a digit and is parted by other signs; null for all other pieces, and for very long ones.
    private static string? IdIn(string piece)
    {
        if (piece.Length > 2 * LongestWord || !Ascii.IsValid(piece) || !piece.Any(char.IsAsciiDigit))
        {
            return null;
        }

        int first = piece.IndexOfAny(s_idSigns), last = piece.LastIndexOfAny(s_idSigns);
        string id = string.Concat(piece[first..(last + 1)].Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return id.Length <= last - first && id.Length <= LongestWord ? id : null;
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
