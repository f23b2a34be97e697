using System.Text.Json;
using System.Text.RegularExpressions;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What an action's free parts must keep to.</summary>
internal static partial class ActionRules
{
    private const int MaxParameters = 50;
    private const int MaxOptions = 100;
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 10, AllowDuplicateProperties = false };

    /// <summary>Whether a text is a JSON object that fits.</summary>
    public static bool IsObject(string text)
    {
        if (text.Length > TextLength.Note)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether parameters can be asked for: names of a key's form, each once, and choices where there is a selection.</summary>
    public static bool AreSound(IReadOnlyList<ActionParameter> parameters) =>
        parameters.Count <= MaxParameters
        && parameters.All(parameter => Name().IsMatch(parameter.Name ?? "") && parameter.Label is null or { Length: <= TextLength.Id } && HasChoices(parameter))
        && parameters.DistinctBy(parameter => parameter.Name, StringComparer.Ordinal).Count() == parameters.Count
        && ActionParameters.Write(parameters).Length <= TextLength.Note;

    private static bool HasChoices(ActionParameter parameter) => parameter.Type switch
    {
        ParameterType.Select or ParameterType.Multiselect =>
            parameter.Options is { Count: > 0 and <= MaxOptions } options && options.All(option => option is { Length: > 0 and <= TextLength.Id })
            && options.Distinct(StringComparer.Ordinal).Count() == options.Count,
        ParameterType.String or ParameterType.Number or ParameterType.Boolean => parameter.Options is null or { Count: 0 },
        _ => false,
    };

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
