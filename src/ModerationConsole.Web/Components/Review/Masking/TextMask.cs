using System.Text.Json;

namespace ModerationConsole.Web.Components.Review.Masking;

/// <summary>What of a text is covered for the person who looks. Cascaded by the layout; none where the person wants none.</summary>
public sealed class TextMask(MaskedWords words)
{
    /// <summary>Name of the person's setting.</summary>
    public const string Setting = "maskWords";

    /// <summary>What is covered.</summary>
    public IReadOnlyList<MaskedSpan> In(string text) => words.In(text);

    /// <summary>Whether a person wants words covered; settings that cannot be read mean yes, the kinder of the two.</summary>
    public static bool IsWanted(string? deskSettings)
    {
        if (string.IsNullOrEmpty(deskSettings))
        {
            return false;
        }

        try
        {
            using JsonDocument settings = JsonDocument.Parse(deskSettings);
            return settings.RootElement.TryGetProperty(Setting, out JsonElement wanted) && wanted.ValueKind == JsonValueKind.True;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return true;
        }
    }
}
