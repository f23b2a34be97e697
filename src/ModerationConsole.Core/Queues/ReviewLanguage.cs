namespace ModerationConsole.Core.Queues;

/// <summary>Languages as review tells them apart: a regional variant counts as its language.</summary>
public static class ReviewLanguage
{
    /// <summary>The language of a BCP 47 tag without script and region, lower case: <c>pt-BR</c> → <c>pt</c>; null for none.</summary>
    public static string? Of(string? tag)
    {
        string? language = tag?.Trim().Split('-', '_')[0].ToLowerInvariant();
        return string.IsNullOrEmpty(language) ? null : language;
    }

    /// <summary>The languages of a comma separated list of tags.</summary>
    public static IReadOnlyList<string> List(string tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return [.. tags.Split(',').Select(Of).OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
