using System.Globalization;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Numbers and sentences as people read them.</summary>
public static class Figures
{
    private static readonly NumberFormatInfo s_thin = new() { NumberGroupSeparator = "\u202f", NumberDecimalSeparator = "." };

    /// <summary>A whole number in groups of three, parted by spaces that do not break.</summary>
    public static string Thin(this long number) => number.ToString("#,0", s_thin);

    /// <inheritdoc cref="Thin(long)" />
    public static string Thin(this int number) => Thin((long)number);

    /// <summary>The number that people typed: "48 213", "#48213" and "48213" are the same. Null for anything else.</summary>
    public static long? Number(string? text)
    {
        string digits = string.Concat((text ?? "").Trim().TrimStart('#').Where(letter => !char.IsWhiteSpace(letter)));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    /// <summary>Fills the gaps of a text from the resources; whole numbers are grouped.</summary>
    public static string With(this string text, params object?[] values)
    {
        object?[] shown = [.. values.Select(value => value switch
        {
            int number => number.Thin(),
            long number => number.Thin(),
            _ => value,
        })];
        return string.Format(CultureInfo.CurrentCulture, text, shown);
    }

    /// <summary>Chooses between a text for one and a text for any other number, and fills it.</summary>
    public static string Count(long number, string one, string many) => (number == 1 ? one : many).With(number);
}
