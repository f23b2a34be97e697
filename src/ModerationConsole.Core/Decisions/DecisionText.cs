using System.Globalization;
using System.Text;

namespace ModerationConsole.Core.Decisions;

/// <summary>Text that people type into a decision, made fit to be stored; blanks in any of Unicode's disguises are no text.</summary>
public static class DecisionText
{
    // Letters by category, yet nothing is drawn for them.
    private static readonly HashSet<int> s_invisible = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <summary>The text without control characters and outer blanks, or null when nothing in it can be read.</summary>
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        StringBuilder kept = new(text.Length);
        bool readable = false;
        // Enumerating runes also replaces half surrogates, which not every database stores.
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.Control && rune.Value is not ('\n' or '\t'))
            {
                continue;
            }

            kept.Append(rune.ToString());
            readable |= IsReadable(category) && !s_invisible.Contains(rune.Value);
        }

        return readable ? kept.ToString().Trim() : null;
    }

    private static bool IsReadable(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
        or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;
}
