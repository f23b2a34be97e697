namespace ModerationConsole.Core.Data;

/// <summary>Patterns for LIKE made from what people type.</summary>
public static class SearchPattern
{
    /// <summary>The escape character to hand to LIKE.</summary>
    public const string Escape = "\\";

    /// <summary>Finds the text anywhere, lower-cased; what LIKE would read as a pattern stands for itself.</summary>
    public static string Containing(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return "%" + text.Trim().ToLowerInvariant()
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal) + "%";
    }
}
