using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Section <c>Enforcement</c>.</summary>
public sealed class EnforcementOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Enforcement";

    private const int ReversibleSeconds = 20;
    private const int IrreversibleSeconds = 60;

    /// <summary><c>Enforcement:UndoSeconds</c>: takes the place of both windows; null leaves them at 20 and 60 seconds.</summary>
    public int? UndoSeconds { get; set; }

    /// <summary>How long a decision can be taken back, and its actions wait.</summary>
    /// <param name="irreversible">Whether any of its actions cannot be taken back.</param>
    /// <param name="emergency">Threat to life: nothing waits.</param>
    public TimeSpan UndoWindow(bool irreversible, bool emergency) =>
        emergency ? TimeSpan.Zero : TimeSpan.FromSeconds(UndoSeconds ?? (irreversible ? IrreversibleSeconds : ReversibleSeconds));
}

internal sealed class EnforcementOptionsValidator : IValidateOptions<EnforcementOptions>
{
    private const int MaxSeconds = 3_600;

    public ValidateOptionsResult Validate(string? name, EnforcementOptions options) =>
        options.UndoSeconds is < 0 or > MaxSeconds
            ? ValidateOptionsResult.Fail($"{EnforcementOptions.Section}:UndoSeconds must be between 0 and {MaxSeconds}, or left out.")
            : ValidateOptionsResult.Success;
}
