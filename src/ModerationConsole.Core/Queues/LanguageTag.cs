namespace ModerationConsole.Core.Queues;

/// <summary>Languages by their BCP 47 tags.</summary>
public static class LanguageTag
{
    /// <summary>The language itself, without script and region, lower case: <c>pt-BR</c> → <c>pt</c>; null for none.</summary>
    public static string? Primary(string? tag)
    {
        string? language = tag?.Trim().Split('-', '_')[0].ToLowerInvariant();
        return string.IsNullOrEmpty(language) ? null : language;
    }

    /// <summary>The languages of a comma separated list, each without script and region.</summary>
    public static IReadOnlyList<string> PrimaryOf(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return [.. list.Split(',').Select(Primary).OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
