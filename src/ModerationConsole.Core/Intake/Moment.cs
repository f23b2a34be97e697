using System.Globalization;
using System.Text.RegularExpressions;

namespace ModerationConsole.Core.Intake;

/// <summary>Times as platforms write them.</summary>
public static partial class Moment
{
    /// <summary>Reads ISO 8601 (UTC where no offset is given) or an HTTP date; null when it is neither.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text is null || text.Length > 40)
        {
            return null;
        }

        // The lenient parser would also take "10:00" for a time of today.
        bool read = StartsWithDate().IsMatch(text)
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset at)
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, Utc, out at);
        return read ? at : null;
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex StartsWithDate();
}
