using Microsoft.Extensions.Options;

namespace ModerationConsole.Web.Security;

/// <summary>Limits of sessions and sign-in. Section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Security";

    /// <summary>How often an open page's session is checked, in seconds.</summary>
    public int RevalidateSeconds { get; set; } = 60;

    /// <summary>How many pages one person may have open at once.</summary>
    public int CircuitsPerPerson { get; set; } = 10;

    /// <summary>How often a minute one network address may try to sign in.</summary>
    public int SignInsPerAddress { get; set; } = 60;

    /// <summary>How often a minute anyone may try to sign in to one account.</summary>
    public int SignInsPerAccount { get; set; } = 10;

    /// <summary>How often a minute one network address may ask without saying who it is.</summary>
    public int StrangersPerAddress { get; set; } = 600;
}

internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        List<string> faults = [];
        Range(nameof(SecurityOptions.RevalidateSeconds), options.RevalidateSeconds, 3_600);
        Range(nameof(SecurityOptions.CircuitsPerPerson), options.CircuitsPerPerson, 100);
        Range(nameof(SecurityOptions.SignInsPerAddress), options.SignInsPerAddress, 1_000_000);
        Range(nameof(SecurityOptions.SignInsPerAccount), options.SignInsPerAccount, 1_000_000);
        Range(nameof(SecurityOptions.StrangersPerAddress), options.StrangersPerAddress, 1_000_000);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Range(string key, int value, int most)
        {
            if (value < 1 || value > most)
            {
                faults.Add($"{SecurityOptions.Section}:{key} must be from 1 to {most}.");
            }
        }
    }
}
