using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Intake;

/// <summary>Section <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Intake";

    /// <summary><c>Intake:InboxLimit</c>: how many promised requests may wait to be taken in before more are sent away for a while.</summary>
    public int InboxLimit { get; set; } = 100_000;
}

internal sealed class IntakeOptionsValidator : IValidateOptions<IntakeOptions>
{
    private const int Most = 100_000_000;

    public ValidateOptionsResult Validate(string? name, IntakeOptions options) =>
        options.InboxLimit is < 1 or > Most
            ? ValidateOptionsResult.Fail($"{IntakeOptions.Section}:InboxLimit must be between 1 and {Most}.")
            : ValidateOptionsResult.Success;
}
