using System.Text.RegularExpressions;

namespace ModerationConsole.Core.Intake;

/// <summary>Languages as platforms write them.</summary>
public static partial class ItemLanguage
{
    /// <summary>The tag in BCP 47 form, e.g. <c>pt-BR</c>; null when it is none. An odd language never refuses an item.</summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > 35 || !Shape().IsMatch(text))
        {
            return null;
        }

        string[] parts = text.Split('-', '_');
        return string.Join('-', parts.Select((part, place) => (place, part.Length) switch
        {
            (0, _) => part.ToLowerInvariant(),
            (_, 2) => part.ToUpperInvariant(),
            (_, 4) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
            _ => part,
        }));
    }

    [GeneratedRegex(@"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
