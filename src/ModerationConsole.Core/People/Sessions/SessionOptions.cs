using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>How long a session lasts. Section <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Sessions";

    /// <summary><c>Sessions:IdleMinutes</c>: after so many minutes in which the person did nothing a session is over.</summary>
    public int IdleMinutes { get; set; } = 60;

    /// <summary><c>Sessions:Hours</c>: after so many hours a session is over, whatever the person does.</summary>
    public int Hours { get; set; } = 12;

    /// <summary><c>Sessions:StepUpMinutes</c>: for so many minutes after a person proved who they are the most dangerous commands do not ask again.</summary>
    public int StepUpMinutes { get; set; } = 15;
}

internal sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        List<string> faults = [];
        if (options.IdleMinutes is < 5 or > 1_440)
        {
            faults.Add($"{SessionOptions.Section}:IdleMinutes must be from 5 to 1440.");
        }

        if (options.Hours is < 1 or > 168)
        {
            faults.Add($"{SessionOptions.Section}:Hours must be from 1 to 168.");
        }

        if (options.StepUpMinutes is < 1 or > 1_440)
        {
            faults.Add($"{SessionOptions.Section}:StepUpMinutes must be from 1 to 1440.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
