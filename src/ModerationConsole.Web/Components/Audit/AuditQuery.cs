using System.Globalization;
using ModerationConsole.Core.Audit;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>The filters of the audit as they stand in the address.</summary>
public sealed record AuditQuery
{
    public Guid? Person { get; init; }

    public AuditAct? Act { get; init; }

    public long? Case { get; init; }

    public string? Subject { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Whether anything is filtered at all.</summary>
    public bool Any => this != new AuditQuery();

    /// <summary>What the core is asked for.</summary>
    public AuditFilter Filter(TimeZoneInfo zone) => new(Person, Act, Case, Subject, From?.StartIn(zone), To?.AddDays(1).StartIn(zone));

    /// <summary>The query string's parameters; places are left out, because another filter is another list.</summary>
    public Dictionary<string, object?> Parameters() => new()
    {
        ["person"] = Person,
        ["act"] = Act?.ToString(),
        ["case"] = Case,
        ["subject"] = string.IsNullOrWhiteSpace(Subject) ? null : Subject.Trim(),
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = To?.ToString("O", CultureInfo.InvariantCulture),
        ["older"] = null,
        ["newer"] = null,
    };
}
