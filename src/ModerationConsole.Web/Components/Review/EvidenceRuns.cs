using System.Globalization;
using System.Text;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A stretch of hostile text: to be read as it stands, or the name of a character that would not be seen.</summary>
/// <param name="Text">The text, or a short name of the character.</param>
/// <param name="Unseen">What the character is, in words; null for text.</param>
public readonly record struct EvidenceRun(string Text, string? Unseen = null);

/// <summary>
/// Cuts hostile text into runs. Characters that hide, reorder or mimic others are named where they stand; those that a
/// script or an emoji needs are left alone.
/// </summary>
public static class EvidenceRuns
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The runs of <paramref name="text"/>, in order; together they hold all of it.</summary>
    /// <param name="before">What stands before it, where it is a part of a longer text.</param>
    public static IEnumerable<EvidenceRun> Of(string text, Rune? before = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder plain = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (NameOf(rune, before) is { } name)
            {
                if (plain.Length > 0)
                {
                    yield return new EvidenceRun(plain.ToString());
                    plain.Clear();
                }

                yield return new EvidenceRun($"U+{rune.Value:X4}", name);
            }
            else
            {
                plain.Append(rune.ToString());
            }

            before = rune;
        }

        if (plain.Length > 0)
        {
            yield return new EvidenceRun(plain.ToString());
        }
    }

    /// <summary>The longest beginning of at most <paramref name="length"/> characters that cuts no visible character in two.</summary>
    public static string Beginning(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= length)
        {
            return text;
        }

        int end = 0;
        while (end < length)
        {
            int next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            if (end + next > length)
            {
                break;
            }

            end += next;
        }

        // One "character" of a thousand combining marks is cut all the same.
        return text[..(end > 0 ? end : length)];
    }

    private static string? NameOf(Rune rune, Rune? before) => rune.Value switch
    {
        '\n' or '\r' or '\t' => null,
        ZeroWidthJoiner or ZeroWidthNonJoiner when before is { } letter && NeedsJoiners(letter) => null,
        ZeroWidthJoiner or ZeroWidthNonJoiner or 0x200B or 0xFEFF or 0x2060 or 0x180E => DeskText.UnseenZeroWidth,
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C => DeskText.UnseenDirection,
        0x00AD => DeskText.UnseenHyphen,
        >= 0xE0000 and <= 0xE007F => before is { } flag && IsEmojiTag(flag) ? null : DeskText.UnseenTag,
        (>= 0x2061 and <= 0x2064) or (>= 0x206A and <= 0x206F) or (>= 0xFFF9 and <= 0xFFFB) or 0x3164 or 0xFFA0 or 0x115F or 0x1160 or 0x2800 => DeskText.UnseenBlank,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => DeskText.UnseenControl,
            UnicodeCategory.PrivateUse => DeskText.UnseenPrivate,
            _ => null,
        },
    };

    // Emoji sequences, and scripts whose letters join: between Latin letters a joiner only hides.
    private static bool NeedsJoiners(Rune before) =>
        Rune.GetUnicodeCategory(before) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Flags of regions are a black flag followed by tags.
    private static bool IsEmojiTag(Rune before) => before.Value is 0x1F3F4 or (>= 0xE0000 and <= 0xE007F);
}
