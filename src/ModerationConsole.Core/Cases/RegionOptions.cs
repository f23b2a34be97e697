using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Cases;

/// <summary>Section <c>Regions</c>: where the data of items belongs.</summary>
public sealed partial class RegionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Regions";

    /// <summary>Longest name of a region.</summary>
    public const int LongestName = 32;

    /// <summary><c>Regions:Known</c>: names that an item may carry; none means that items have no regions, whatever they carry.</summary>
    public IList<string> Known { get; init; } = [];

    /// <summary><c>Regions:Default</c>: one of them, for items that carry none; empty leaves those without a region.</summary>
    public string Default { get; set; } = "";

    /// <summary>The region of that name, however its letters are cased, as it is configured; null when there is none.</summary>
    public string? Find(string? name) => Known.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text can be the name of a region: letters, digits and hyphens.</summary>
    public static bool IsName(string? text) => text is { Length: <= LongestName } && Shape().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

internal sealed class RegionOptionsValidator : IValidateOptions<RegionOptions>
{
    public ValidateOptionsResult Validate(string? name, RegionOptions options)
    {
        if (!options.Known.All(RegionOptions.IsName))
        {
            return ValidateOptionsResult.Fail($"{RegionOptions.Section}:Known has names of letters, digits and hyphens, at most {RegionOptions.LongestName} long.");
        }

        if (options.Known.Distinct(StringComparer.OrdinalIgnoreCase).Count() < options.Known.Count)
        {
            return ValidateOptionsResult.Fail($"{RegionOptions.Section}:Known names a region twice.");
        }

        return options.Default.Length > 0 && options.Find(options.Default) is null
            ? ValidateOptionsResult.Fail($"{RegionOptions.Section}:Default must be one of {RegionOptions.Section}:Known.")
            : ValidateOptionsResult.Success;
    }
}
