using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A half-filled form as it is kept between two pages.</summary>
public sealed record KeptForm(Verdict? Verdict, string? PolicyId, IReadOnlyList<ActionOrder> Actions, string? Reason, string? Note, string? Comment = null, double? TimeMark = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Stands = false)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads what was kept; null where that is nothing, or from a version that wrote it otherwise.</summary>
    public static KeptForm? Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<KeptForm>(json, s_json) is { } kept ? kept with { Actions = kept.Actions ?? [] } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it down.</summary>
    public string Write() => JsonSerializer.Serialize(this, s_json);
}
