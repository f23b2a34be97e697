using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>How a person wants the console to look and answer, as it is kept with them: the same in every browser they sign in with.</summary>
public sealed record DeskPreferences
{
    /// <summary>Room around things.</summary>
    public const string Comfortable = "comfortable";

    /// <summary>More on the screen.</summary>
    public const string Compact = "compact";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What everyone begins with.</summary>
    public static DeskPreferences Default { get; } = new();

    /// <summary><see cref="Comfortable"/> or <see cref="Compact"/>.</summary>
    public string? Density { get; init; }

    /// <summary>The desk shows the case and the decision only.</summary>
    public bool? Focus { get; init; }

    /// <summary>Chords that the person chose, by command; empty for no key at all.</summary>
    public IReadOnlyDictionary<string, string>? Keys { get; init; }

    /// <summary>False switches keys without Ctrl or Alt off (WCAG 2.1.4).</summary>
    public bool? SingleKeys { get; init; }

    /// <summary>The density in use.</summary>
    [JsonIgnore]
    public string DensityInUse => Density == Compact ? Compact : Comfortable;

    /// <summary>The keys in use.</summary>
    [JsonIgnore]
    public DeskKeys Map => new(Keys ?? new Dictionary<string, string>(), SingleKeys ?? true);

    /// <summary>Reads what is kept; what cannot be read is as if it had never been chosen.</summary>
    public static DeskPreferences Read(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? Default : JsonSerializer.Deserialize<DeskPreferences>(json, s_json) ?? Default;
        }
        catch (JsonException)
        {
            return Default;
        }
    }

    /// <summary>What is stated here, to be saved; what is null stays as it was.</summary>
    public string Write() => JsonSerializer.Serialize(this, s_json);
}
