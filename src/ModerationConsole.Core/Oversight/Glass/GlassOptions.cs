using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>Section <c>BreakGlass</c>.</summary>
public sealed class GlassOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "BreakGlass";

    /// <summary><c>BreakGlass:Minutes</c>: for how long someone has what they took, at most.</summary>
    public int Minutes { get; set; } = 60;
}

internal sealed class GlassOptionsValidator : IValidateOptions<GlassOptions>
{
    private const int Longest = 480;

    public ValidateOptionsResult Validate(string? name, GlassOptions options) => options.Minutes is < 1 or > Longest
        ? ValidateOptionsResult.Fail($"{GlassOptions.Section}:Minutes must be between 1 and {Longest}.")
        : ValidateOptionsResult.Success;
}
