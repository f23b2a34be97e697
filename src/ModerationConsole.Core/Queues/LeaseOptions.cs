using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Queues;

/// <summary>How long a task stays with one person. Section <c>Lease</c>; all values in seconds.</summary>
public sealed class LeaseOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Lease";

    /// <summary><c>Lease:Seconds</c>: how long a lease lasts without a sign of life.</summary>
    public int Seconds { get; set; } = 120;

    /// <summary><c>Lease:HeartbeatSeconds</c>: how often an active desk shows life.</summary>
    public int HeartbeatSeconds { get; set; } = 20;

    /// <summary><c>Lease:GraceSeconds</c>: how long a lease outlives a lost circuit.</summary>
    public int GraceSeconds { get; set; } = 120;
}

/// <summary>Checks <see cref="LeaseOptions"/> at start.</summary>
public sealed class LeaseOptionsValidator : IValidateOptions<LeaseOptions>
{
    private const int Hour = 3_600;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, LeaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        if (options.Seconds is < 1 or > Hour)
        {
            faults.Add("Lease:Seconds must be from 1 to 3600.");
        }

        if (options.HeartbeatSeconds < 1 || options.HeartbeatSeconds >= options.Seconds)
        {
            faults.Add("Lease:HeartbeatSeconds must be at least 1 and less than Lease:Seconds.");
        }

        if (options.GraceSeconds is < 1 or > Hour)
        {
            faults.Add("Lease:GraceSeconds must be from 1 to 3600.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
