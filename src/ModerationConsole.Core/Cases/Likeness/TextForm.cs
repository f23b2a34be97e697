using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModerationConsole.Core.Cases.Likeness;

/// <summary>
/// The form in which texts are compared: compatibility forms made one (NFKC), lower case, no invisible characters and no
/// accents added by hand, white space as one blank.
/// </summary>
public static partial class TextForm
{
    /// <summary>Characters that are compared at most; what follows cannot make two texts unlike.</summary>
    public const int Longest = 20_000;

    /// <summary>The text as it is compared with what is the same; empty when there is nothing to compare.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Plain(UnicodeText.Normalized(Beginning(text), NormalizationForm.FormKC));
    }

    /// <summary>
    /// The text as it is compared with what is nearly the same: links and names of accounts are what copies of one message differ
    /// in, so each is a sign that stands for all of its kind.
    /// </summary>
    public static string WithSigns(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Plain(Accounts().Replace(Links().Replace(UnicodeText.Normalized(Beginning(text), NormalizationForm.FormKC), "\u0001"), "\u0002"));
    }

    private static string Beginning(string text) => text.Length <= Longest ? text : text[..Longest];

    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char letter in text.ToLowerInvariant())
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
}
