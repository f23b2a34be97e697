using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Appeals;

/// <summary>Section <c>Appeals</c>.</summary>
public sealed class AppealOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Appeals";

    /// <summary><c>Appeals:DeadlineHours</c>: until an answer is due, where the queue has no deadline of its own.</summary>
    public int DeadlineHours { get; set; } = 168;

    /// <summary><c>Appeals:ResultUrl</c>: who is told what became of an appeal; empty tells nobody.</summary>
    public string ResultUrl { get; set; } = "";

    /// <summary><c>Appeals:ResultBody</c>: a JSON object that is sent as <c>custom</c> with each result; empty leaves it out.</summary>
    public string ResultBody { get; set; } = "";
}

internal sealed class AppealOptionsValidator : IValidateOptions<AppealOptions>
{
    private const int MostHours = 24 * 365;

    public ValidateOptionsResult Validate(string? name, AppealOptions options)
    {
        List<string> faults = [];
        if (options.DeadlineHours is < 1 or > MostHours)
        {
            faults.Add($"{AppealOptions.Section}:DeadlineHours must be between 1 and {MostHours}.");
        }

        if (options.ResultUrl.Length > 0 && !(Uri.TryCreate(options.ResultUrl, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
        {
            faults.Add($"{AppealOptions.Section}:ResultUrl must be an address that begins with https:// or http://, or be left out.");
        }

        if (options.ResultBody.Length > 0 && !IsObject(options.ResultBody))
        {
            faults.Add($"{AppealOptions.Section}:ResultBody must be a JSON object, or be left out.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
