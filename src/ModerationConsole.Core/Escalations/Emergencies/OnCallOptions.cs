using Microsoft.Extensions.Options;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>Section <c>OnCall</c>: who is called when an emergency is raised.</summary>
public sealed class OnCallOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "OnCall";

    /// <summary><c>OnCall:WebhookUrl</c>: the receiver that wakes people; empty: only inboxes tell of emergencies.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary><c>OnCall:Secret</c>: what calls are signed with (<c>whsec_</c> and base64); empty: the secret that all webhooks of this console share.</summary>
    public string Secret { get; set; } = "";

    /// <summary><c>OnCall:ConsoleUrl</c>: where people open this console; the link in a call begins with it.</summary>
    public string ConsoleUrl { get; set; } = "";
}

internal sealed class OnCallOptionsValidator(IOptions<WebhookOptions> webhooks) : IValidateOptions<OnCallOptions>
{
    public ValidateOptionsResult Validate(string? name, OnCallOptions options)
    {
        List<string> faults = [];
        if (options.WebhookUrl.Length > 0 && !WebhookAddress.IsAllowed(options.WebhookUrl, new AllowedHosts(webhooks.Value.AllowedHosts)))
        {
            faults.Add($"{OnCallOptions.Section}:WebhookUrl must be https to a public host, or its host:port named in {WebhookOptions.Section}:AllowedHosts.");
        }

        if (options.Secret.Length > 0 && !WebhookSecret.TryRead(options.Secret, out _))
        {
            faults.Add($"{OnCallOptions.Section}:Secret must be whsec_ and at least 24 bytes in base64.");
        }

        if (options.ConsoleUrl.Length > 0 && !(Uri.TryCreate(options.ConsoleUrl, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"))
        {
            faults.Add($"{OnCallOptions.Section}:ConsoleUrl must be an http or https address.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
