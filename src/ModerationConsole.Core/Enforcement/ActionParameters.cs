using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Types of a parameter, as the peer names them.</summary>
public enum ParameterType
{
    String,
    Number,
    Boolean,
    Select,
    Multiselect,
}

/// <summary>A value that people or programs give when they order an action.</summary>
/// <param name="Name">Key in the webhook's <c>custom</c>.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Required">Whether the action cannot be ordered without it.</param>
/// <param name="Label">Label on the form; the name where it is empty.</param>
/// <param name="Options">The choices of a selection.</param>
public sealed record ActionParameter(
    string Name, ParameterType Type = ParameterType.String, bool Required = false, string? Label = null, IReadOnlyList<string>? Options = null);

/// <summary>The parameters of an action.</summary>
public static class ActionParameters
{
    /// <summary>Most characters of a text value.</summary>
    public const int MaxText = 1_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Reads what <see cref="ActionDefinition.Parameters"/> holds.</summary>
    /// <exception cref="JsonException">The text is no list of parameters.</exception>
    public static IReadOnlyList<ActionParameter> Parse(string json) => JsonSerializer.Deserialize<List<ActionParameter>>(json, s_json) ?? [];

    /// <summary>Writes parameters as <see cref="ActionDefinition.Parameters"/> holds them.</summary>
    public static string Write(IEnumerable<ActionParameter> parameters) => JsonSerializer.Serialize(parameters, s_json);

    /// <summary>What is wrong with <paramref name="values"/>; empty when they fit.</summary>
    /// <param name="at">Pointer of the object that holds the values.</param>
    public static IEnumerable<ActionProblem> Check(IReadOnlyList<ActionParameter> parameters, JsonObject? values, string at)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (ActionParameter parameter in parameters)
        {
            JsonNode? value = values?[parameter.Name];
            if (value is null)
            {
                if (parameter.Required)
                {
                    yield return new ActionProblem(Pointer(at, parameter.Name), ActionProblemCode.ParameterMissing);
                }
            }
            else if (!Fits(parameter, value))
            {
                yield return new ActionProblem(Pointer(at, parameter.Name), ActionProblemCode.ParameterWrong);
            }
        }

        foreach ((string name, _) in values ?? [])
        {
            if (parameters.All(parameter => parameter.Name != name))
            {
                yield return new ActionProblem(Pointer(at, name), ActionProblemCode.ParameterUnknown);
            }
        }
    }

    private static bool Fits(ActionParameter parameter, JsonNode value) => parameter.Type switch
    {
        ParameterType.String => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length <= MaxText,
        ParameterType.Number => value.GetValueKind() == JsonValueKind.Number,
        ParameterType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        ParameterType.Select => IsOption(parameter, value),
        ParameterType.Multiselect => value is JsonArray many && many.Count <= (parameter.Options?.Count ?? 0) && many.All(one => one is not null && IsOption(parameter, one)),
        _ => throw new ArgumentOutOfRangeException(nameof(parameter)),
    };

    private static bool IsOption(ActionParameter parameter, JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String && parameter.Options?.Contains(value.GetValue<string>(), StringComparer.Ordinal) == true;

    private static string Pointer(string at, string name) =>
        $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
