using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>Section <c>Access</c>: how often it is asked who still needs what, and for how long.</summary>
public sealed class ReviewOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Access";

    /// <summary><c>Access:ReviewDays</c>: a review begins so many days after the last one did; 0 for by hand only.</summary>
    public int ReviewDays { get; set; }

    /// <summary><c>Access:ReviewDueDays</c>: what nobody attested so many days after a review began is taken.</summary>
    public int ReviewDueDays { get; set; } = 14;
}

internal sealed class ReviewOptionsValidator : IValidateOptions<ReviewOptions>
{
    private const int LongestDue = 90;
    private const int LongestPeriod = 3_650;

    public ValidateOptionsResult Validate(string? name, ReviewOptions options)
    {
        List<string> faults = [];
        if (options.ReviewDueDays is < 1 or > LongestDue)
        {
            faults.Add($"{ReviewOptions.Section}:ReviewDueDays must be between 1 and {LongestDue}.");
        }

        if (options.ReviewDays is < 0 or > LongestPeriod || (options.ReviewDays > 0 && options.ReviewDays <= options.ReviewDueDays))
        {
            faults.Add($"{ReviewOptions.Section}:ReviewDays must be longer than ReviewDueDays and at most {LongestPeriod}; 0 switches it off.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
