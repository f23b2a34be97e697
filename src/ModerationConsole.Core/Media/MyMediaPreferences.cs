namespace ModerationConsole.Core.Media;

/// <summary>All that one person chose, by category. A category without an entry follows the next wider one.</summary>
public sealed record MyMediaPreferences(IReadOnlyDictionary<string, MediaPreferences> ByCategory)
{
    /// <summary>Stands for everything that has no entry of its own.</summary>
    public const string Everything = "*";

    /// <summary>Stands for severe and child-safety cases.</summary>
    public const string Severe = "*severe";

    /// <summary>Most categories that a person may set apart.</summary>
    public const int MostCategories = 50;

    private static readonly MediaPreferences s_severe = MediaPreferences.Default with { Colour = MediaColour.Grey };

    /// <summary>Of someone who chose nothing.</summary>
    public static MyMediaPreferences None { get; } = new(new Dictionary<string, MediaPreferences>());

    /// <summary>What holds for most media.</summary>
    public MediaPreferences General => Of(Everything) ?? MediaPreferences.Default;

    /// <summary>What holds for severe cases: without a choice, what holds for most, without colour.</summary>
    public MediaPreferences ForSevere => Of(Severe) ?? General.And(s_severe);

    /// <summary>What a category is kept under; empty for none. Nothing that a platform calls a category reaches the two that stand for more.</summary>
    public static string Key(string? category) => category?.Trim().TrimStart('*').Trim().ToLowerInvariant() ?? "";

    /// <summary>What holds for media of these categories: the most careful of those set apart, else by how grave the case is.</summary>
    /// <param name="severe">The case is among those that harm.</param>
    /// <param name="categories">What the media is said to show and what the case was reported for.</param>
    public MediaPreferences For(bool severe, IEnumerable<string?> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        MediaPreferences[] named = [.. categories.Select(Key).Where(key => key.Length > 0).Distinct().Select(Of).OfType<MediaPreferences>()];
        MediaPreferences chosen = named.Length > 0 ? named.Aggregate((one, other) => one.And(other)) : severe ? ForSevere : General;
        return chosen with { Reveal = General.Reveal, ReblurSeconds = General.ReblurSeconds };
    }

    private MediaPreferences? Of(string key) => ByCategory.GetValueOrDefault(key);
}
