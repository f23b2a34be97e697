using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>What the audit holds, in plain words.</summary>
public static class AuditWords
{
    private const int LongestValue = 40;

    /// <summary>What was done: "Looked at a case". Each act has words; a test says so.</summary>
    public static string Act(AuditAct act) => AuditText.ResourceManager.GetString($"Act{act}", CultureInfo.CurrentUICulture) ?? act.ToString();

    /// <summary>Acts by what they are about, in the order of their numbers.</summary>
    public static IEnumerable<IGrouping<string, AuditAct>> Groups() =>
        Enum.GetValues<AuditAct>().Order().GroupBy(act => ((int)act / 100) switch
        {
            1 => AuditText.GroupIntake,
            2 => AuditText.GroupCases,
            3 => AuditText.GroupTasks,
            4 => AuditText.GroupDecisions,
            5 => AuditText.GroupActions,
            6 => AuditText.GroupMedia,
            7 => AuditText.GroupPeople,
            8 => AuditText.GroupSettings,
            10 => AuditText.GroupRetention,
            11 => AuditText.GroupQuality,
            _ => AuditText.GroupAudit,
        });

    /// <summary>What is wrong: "Entry 12 does not fit its seal". Each kind has words; a test says so.</summary>
    public static string Finding(AuditFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return (AuditText.ResourceManager.GetString($"Fault{finding.Fault}", CultureInfo.CurrentUICulture) ?? finding.Fault.ToString()).With(finding.Number.Thin());
    }

    /// <summary>Who acted.</summary>
    public static string Actor(AuditEntry entry, AuditNames names)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(names);
        return entry.ActorKind switch
        {
            CallerKind.System => AuditText.TheConsole,
            CallerKind.ApiKey => $"{AuditText.AKey} {names.NameOrShort(entry.ActorId)}",
            CallerKind.Service => $"{AuditText.AService} {names.NameOrShort(entry.ActorId)}",
            CallerKind.Person => names.NameOrShort(entry.ActorId),
            _ => throw new ArgumentOutOfRangeException(nameof(entry)),
        };
    }

    /// <summary>What else is concerned, by name where it has one.</summary>
    public static string Subject(AuditEntry entry, AuditNames names)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(names);
        return Guid.TryParse(entry.Subject, out Guid id) ? names.NameOrShort(id) : names.Of(entry.Subject) ?? entry.Subject ?? "";
    }

    /// <summary>The details as "given: true · role: Moderator"; what was not known then is left out.</summary>
    public static string Details(AuditEntry entry, AuditNames names)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(names);
        try
        {
            using JsonDocument document = JsonDocument.Parse(entry.Details);
            return string.Join(" · ", document.RootElement.EnumerateObject()
                .Select(detail => (detail.Name, Value: detail.Value.ValueKind == JsonValueKind.Null ? "" : Value(detail.Value, names)))
                .Where(detail => detail.Value.Length > 0).Select(detail => $"{detail.Name}: {detail.Value}"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return entry.Details;
        }
    }

    private static string Value(JsonElement value, AuditNames names) => value.ValueKind switch
    {
        JsonValueKind.String when value.TryGetGuid(out Guid id) => names.NameOrShort(id),
        JsonValueKind.String => value.GetString() is { Length: > LongestValue } longText ? string.Concat(longText.AsSpan(0, 12), "…") : value.GetString() ?? "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(each => Value(each, names))),
        JsonValueKind.Null => "–",
        _ => value.GetRawText(),
    };
}
