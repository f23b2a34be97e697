using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Notices;

/// <summary>Section <c>Notices</c>.</summary>
public sealed class NoticeOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Notices";

    /// <summary><c>Notices:Types:CODE</c>: the types by their codes; a setting changes one that is shipped or adds one.</summary>
    public Dictionary<string, NoticeType> Types { get; } = NoticeType.Shipped();

    /// <summary><c>Notices:Redress:JURISDICTION</c>: what senders are told of redress where the type has no text of its own.</summary>
    public Dictionary<string, string> Redress { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>Notices:DefaultRedress</c>: what senders of notices under the DSA are told where nothing else is set.</summary>
    public string DefaultRedress { get; set; } =
        "You may object to this decision on our platform within six months, turn to a certified out-of-court dispute settlement body, or go to court.";

    /// <summary><c>Notices:OrderRedress</c>: what authorities, courts and persons concerned are told where nothing else is set. The DSA's redress is not theirs.</summary>
    public string OrderRedress { get; set; } = "If you hold that this is wrong, write to us and name the number of this notice. The courts remain open to you.";

    /// <summary><c>Notices:ResultUrl</c>: who is told what became of a notice; empty tells nobody.</summary>
    public string ResultUrl { get; set; } = "";

    /// <summary><c>Notices:AlertUrl</c>: who is told of clocks that run out; empty: only inboxes tell of them.</summary>
    public string AlertUrl { get; set; } = "";

    /// <summary><c>Notices:ConsoleUrl</c>: where people open this console; the link in an alert begins with it.</summary>
    public string ConsoleUrl { get; set; } = "";

    /// <summary>The type of that code, if it is in use.</summary>
    public NoticeType? InUse(string code) => Types.GetValueOrDefault(code) is { Minutes: > 0 } type ? type : null;

    /// <summary>What the sender of a notice is told of redress: the most particular text that is set.</summary>
    public string RedressOf(string type, NoticeKind kind, string jurisdiction)
    {
        string last = kind switch
        {
            NoticeKind.Order or NoticeKind.Request => OrderRedress,
            NoticeKind.Notice or NoticeKind.TrustedFlagger => DefaultRedress,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        NoticeType? known = Types.GetValueOrDefault(type);
        string?[] texts = [known?.RedressIn.GetValueOrDefault(jurisdiction), known?.Redress, Redress.GetValueOrDefault(jurisdiction), last];
        return texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
    }
}

internal sealed partial class NoticeOptionsValidator(IOptions<WebhookOptions> webhooks) : IValidateOptions<NoticeOptions>
{
    private const int MostMinutes = 366 * 24 * 60;

    public ValidateOptionsResult Validate(string? name, NoticeOptions options)
    {
        List<string> faults = [];
        foreach ((string code, NoticeType type) in options.Types)
        {
            Check(code, type, faults);
        }

        if (options.DefaultRedress.Length > TextLength.Note || options.OrderRedress.Length > TextLength.Note || options.Redress.Values.Any(text => text.Length > TextLength.Note))
        {
            faults.Add($"{NoticeOptions.Section}: a redress text has at most {TextLength.Note} characters.");
        }

        if (options.Redress.Keys.FirstOrDefault(key => !Jurisdiction().IsMatch(key.ToUpperInvariant())) is { } place)
        {
            faults.Add($"{NoticeOptions.Section}:Redress:{place} must be named by two letters, ISO 3166-1, or EU.");
        }

        CheckAddress("ResultUrl", options.ResultUrl, faults);
        CheckAddress("AlertUrl", options.AlertUrl, faults);
        if (options.ConsoleUrl.Length > 0 && !(Uri.TryCreate(options.ConsoleUrl, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"))
        {
            faults.Add($"{NoticeOptions.Section}:ConsoleUrl must be an http or https address.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Two capital letters: a country, or EU.</summary>
    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Jurisdiction();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    private static void Check(string code, NoticeType type, List<string> faults)
    {
        string key = $"{NoticeOptions.Section}:Types:{code}";
        if (!Code().IsMatch(code))
        {
            faults.Add($"{key}: a code has up to 60 small letters, digits and hyphens.");
        }

        if (type.Name.Length is 0 or > TextLength.Id)
        {
            faults.Add($"{key}:Name must have 1 to {TextLength.Id} characters.");
        }

        if (type.Minutes is < 0 or > MostMinutes)
        {
            faults.Add($"{key}:Minutes must be between 0 and {MostMinutes}; 0 takes the type out of use.");
        }

        if (type.Basis.Length > TextLength.Line)
        {
            faults.Add($"{key}:Basis has at most {TextLength.Line} characters.");
        }

        if (type.Jurisdiction.Length > 0 && !Jurisdiction().IsMatch(type.Jurisdiction))
        {
            faults.Add($"{key}:Jurisdiction must be two capital letters, ISO 3166-1, or EU.");
        }

        if (type.Redress.Length > TextLength.Note || type.RedressIn.Values.Any(text => text.Length > TextLength.Note))
        {
            faults.Add($"{key}: a redress text has at most {TextLength.Note} characters.");
        }
    }

    private void CheckAddress(string key, string address, List<string> faults)
    {
        if (address.Length > 0 && !WebhookAddress.IsAllowed(address, new AllowedHosts(webhooks.Value.AllowedHosts)))
        {
            faults.Add($"{NoticeOptions.Section}:{key} must be https to a public host, or its host:port named in {WebhookOptions.Section}:AllowedHosts.");
        }
    }
}
