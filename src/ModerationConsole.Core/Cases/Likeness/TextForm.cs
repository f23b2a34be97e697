using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModerationConsole.Core.Cases.Likeness;

/// <summary>
/// The form in which texts are compared: compatibility forms made one (NFKC), lower case, no invisible characters and no
/// accents added by hand, white space as one blank. Links, names of accounts and numbers are what copies of one message differ
/// in, so each is a sign that stands for all of its kind.
/// </summary>
public static partial class TextForm
{
    /// <summary>Characters that are compared at most; what follows cannot make two texts unlike.</summary>
    public const int Longest = 20_000;

    /// <summary>The text as it is compared; empty when there is nothing to compare.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string kept = text.Length <= Longest ? text : text[..Longest];
        string signs = Numbers().Replace(Accounts().Replace(Links().Replace(UnicodeText.Normalized(kept, NormalizationForm.FormKC), "\u0001"), "\u0002"), "0");
        StringBuilder plain = new(signs.Length);
        foreach (char letter in signs.ToLowerInvariant())
        {
            if (char.IsWhiteSpace(letter))
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                && (letter is '\u0001' or '\u0002' || !char.IsControl(letter)))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString().TrimEnd();
    }

    [GeneratedRegex(@"(https?://|www\.)[^\s<>""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<!\w)@\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Accounts();

    [GeneratedRegex(@"\d+([.,:]\d+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
