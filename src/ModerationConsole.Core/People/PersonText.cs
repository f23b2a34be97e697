using System.Net.Mail;
using System.Text.RegularExpressions;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>What may be stored about a person as text.</summary>
internal static partial class PersonText
{
    private const int MaxName = 100;

    /// <summary>A name without the blanks around it; null when it is empty, too long or holds control characters.</summary>
    public static string? Name(string? text)
    {
        string name = text?.Trim() ?? "";
        return name.Length is > 0 and <= MaxName && !name.Any(char.IsControl) ? name : null;
    }

    /// <summary>An e-mail address; null when it is none.</summary>
    public static string? Email(string? text)
    {
        string email = text?.Trim() ?? "";
        return email.Length <= TextLength.Id && MailAddress.TryCreate(email, out MailAddress? parsed) && parsed.Address == email ? email : null;
    }

    /// <summary>Language tags, comma separated, each once; null when one is no tag.</summary>
    public static string? Languages(string? text)
    {
        string[] tags = [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
        string joined = string.Join(',', tags);
        return tags.All(tag => LanguageTag().IsMatch(tag)) && joined.Length <= TextLength.Line ? joined : null;
    }

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}\z")]
    private static partial Regex LanguageTag();
}
