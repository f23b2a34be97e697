using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Webhooks";

    /// <summary><c>Webhooks:AllowedHosts</c>: exact <c>host:port</c> that may be told without TLS, or at an address that is not public.</summary>
    public IList<string> AllowedHosts { get; } = [];
}

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        string[] faults = [.. options.AllowedHosts.Select((entry, index) => (entry, index))
            .Where(row => !AllowedHosts.TryReadEntry(row.entry, out _))
            .Select(row => $"{WebhookOptions.Section}:AllowedHosts:{row.index} must be an exact host:port, such as hooks.example:8443.")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
