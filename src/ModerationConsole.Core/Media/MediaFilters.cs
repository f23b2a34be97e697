using System.Text.Json;

namespace ModerationConsole.Core.Media;

/// <summary>What lies over media when it is shown. Kept with each reveal: how something was seen belongs to what was seen.</summary>
/// <param name="Grey">Without colour.</param>
/// <param name="Blur">How blurred, from 0 (not at all) to <see cref="MostBlur"/>.</param>
/// <param name="ByRegion">Only tiles of it are shown, one at a time.</param>
public sealed record MediaFilters(bool Grey = false, int Blur = 0, bool ByRegion = false)
{
    /// <summary>The strongest blur.</summary>
    public const int MostBlur = 8;

    private const string Region = "region";

    /// <summary>Nothing over it.</summary>
    public static MediaFilters None { get; } = new();

    /// <summary>As it is stored; what is out of bounds is brought back within them.</summary>
    public string Write()
    {
        SortedDictionary<string, object> all = new(StringComparer.Ordinal) { ["blur"] = Math.Clamp(Blur, 0, MostBlur), ["grey"] = Grey };
        if (ByRegion)
        {
            all[Region] = true;
        }

        return JsonSerializer.Serialize(all);
    }

    /// <summary>Whether what was stored so may be shown in tiles only.</summary>
    public static bool IsByRegion(string stored)
    {
        using JsonDocument document = JsonDocument.Parse(stored);
        return document.RootElement.TryGetProperty(Region, out JsonElement region) && region.ValueKind == JsonValueKind.True;
    }
}
