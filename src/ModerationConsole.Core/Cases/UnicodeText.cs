using System.Text;

namespace ModerationConsole.Core.Cases;

/// <summary>Normal forms of text as platforms send it, which need not be well formed.</summary>
public static class UnicodeText
{
    /// <summary>
    /// <paramref name="text"/> in a normal form of Unicode Standard Annex 15. Where half a surrogate pair or U+FFFE leaves it without a
    /// normal form, such signs and other noncharacters count as U+FFFD: one of them must not keep a whole text from being found, compared or covered.
    /// </summary>
    public static string Normalized(string text, NormalizationForm form)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            StringBuilder whole = new(text.Length);
            foreach (Rune rune in text.EnumerateRunes())
            {
                whole.Append((IsNoncharacter(rune.Value) ? Rune.ReplacementChar : rune).ToString());
            }

            return whole.ToString().Normalize(form);
        }
    }

    // The last two places of each plane, and 32 places among the Arabic forms.
    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
