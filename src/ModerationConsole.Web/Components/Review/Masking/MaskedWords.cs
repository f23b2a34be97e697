using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Web.Components.Review.Masking;

/// <summary>A stretch of text that is covered.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">In characters (UTF-16).</param>
public readonly record struct MaskedSpan(int Start, int Length);

/// <summary>
/// Finds words that are covered for people who want that, also where marks, digits in place of letters, hidden characters or
/// repeated letters disguise them. Only whole words count: parts of ordinary words and names stay readable.
/// </summary>
public sealed class MaskedWords
{
    private const int LongestWord = 40;

    private readonly FrozenSet<ulong> _hashes;

    /// <summary>Reads the lists that the options name.</summary>
    public MaskedWords(IOptions<MaskedWordsOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IEnumerable<string> own = options.Value.Words;
        if (options.Value.File is { Length: > 0 } file)
        {
            own = own.Concat(File.ReadLines(file).Where(line => !line.StartsWith('#')));
        }

        _hashes = own.Select(word => Plain(word.Trim())).Where(word => word.Length > 0).Select(HashOf)
            .Concat(options.Value.BuiltIn ? BuiltInWords.Hashes : []).ToFrozenSet();
    }

    /// <summary>What of a text is covered, in order.</summary>
    public IReadOnlyList<MaskedSpan> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<MaskedSpan> found = [];
        Dictionary<string, bool> known = new(StringComparer.Ordinal);
        int start = 0;
        while (start < text.Length)
        {
            if (!BelongsToWord(text, start))
            {
                start++;
                continue;
            }

            int end = start;
            while (end < text.Length && BelongsToWord(text, end))
            {
                end++;
            }

            string word = text[start..end];
            if (word.Length <= LongestWord)
            {
                if (!known.TryGetValue(word, out bool masked))
                {
                    known[word] = masked = Spellings(word).Any(spelling => _hashes.Contains(HashOf(spelling)));
                }

                if (masked)
                {
                    // "@name!" is a name that is called.
                    int first = start + word.Length - word.TrimStart('@', '!').Length;
                    found.Add(new MaskedSpan(first, start + word.TrimEnd('@', '!').Length - first));
                }
            }

            start = end;
        }

        return found;
    }

    /// <summary>First eight bytes of the SHA-256 of a plain word, lower case, after a prefix of our own.</summary>
    internal static ulong HashOf(string plain) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("masked word:" + plain)));

    // What may stand in the place of a letter belongs to the word, and so does what hides in it.
    private static bool BelongsToWord(string text, int index) =>
        char.IsSurrogate(text[index]) ? char.IsLetterOrDigit(text, char.IsLowSurrogate(text[index]) && index > 0 ? index - 1 : index)
        : char.IsLetterOrDigit(text[index]) || text[index] is '@' or '$' or '!'
            || CharUnicodeInfo.GetUnicodeCategory(text[index]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static IEnumerable<string> Spellings(string word)
    {
        string plain = Plain(word);
        foreach (string spelling in new[] { plain, Collapse(plain, 2), Collapse(plain, 1) }.Distinct())
        {
            yield return spelling;
            foreach (string ending in new[] { "s", "es", "z", "en" })
            {
                if (spelling.Length > ending.Length + 2 && spelling.EndsWith(ending, StringComparison.Ordinal))
                {
                    yield return spelling[..^ending.Length];
                }
            }
        }
    }

    // Without marks and hidden characters, in small letters, digits and signs read as the letters they look like.
    private static string Plain(string word)
    {
        StringBuilder plain = new(word.Length);
        foreach (Rune rune in UnicodeText.Normalized(word.Trim('!', '@'), NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '@' or '$' or '!')
            {
                plain.Append(LooksLike(Rune.ToLowerInvariant(rune)).ToString());
            }
        }

        return plain.ToString();
    }

    private static Rune LooksLike(Rune rune) => rune.Value switch
    {
        '0' => new Rune('o'),
        '1' or '!' => new Rune('i'),
        '3' => new Rune('e'),
        '4' or '@' => new Rune('a'),
        '5' or '$' => new Rune('s'),
        '7' => new Rune('t'),
        '9' => new Rune('g'),
        _ => rune,
    };

    private static string Collapse(string word, int most)
    {
        StringBuilder shorter = new(word.Length);
        int run = 0;
        for (int index = 0; index < word.Length; index++)
        {
            run = index > 0 && word[index] == word[index - 1] ? run + 1 : 1;
            if (run <= most)
            {
                shorter.Append(word[index]);
            }
        }

        return shorter.ToString();
    }
}
