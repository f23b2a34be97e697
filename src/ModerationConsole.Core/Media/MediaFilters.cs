using System.Text.Json;

namespace ModerationConsole.Core.Media;

/// <summary>What lies over media when it is shown. Kept with each reveal: how something was seen belongs to what was seen.</summary>
/// <param name="Grey">Without colour.</param>
/// <param name="Blur">How blurred, from 0 (not at all) to <see cref="MostBlur"/>.</param>
public sealed record MediaFilters(bool Grey = false, int Blur = 0)
{
    /// <summary>The strongest blur.</summary>
    public const int MostBlur = 8;

    /// <summary>Nothing over it.</summary>
    public static MediaFilters None { get; } = new();

    /// <summary>As it is stored; what is out of bounds is brought back within them.</summary>
    public string Write() => JsonSerializer.Serialize(
        new SortedDictionary<string, object>(StringComparer.Ordinal) { ["blur"] = Math.Clamp(Blur, 0, MostBlur), ["grey"] = Grey });
}
