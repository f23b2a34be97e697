using System.Globalization;
using ModerationConsole.Core.Cases;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>The filters of the case list as they stand in the address; so a link, a reload and the way back keep them.</summary>
public sealed record CaseQuery
{
    public string? Status { get; init; }

    public string? Severity { get; init; }

    public Guid? Queue { get; init; }

    public string? Language { get; init; }

    public bool Due { get; init; }

    public string? Search { get; init; }

    /// <summary>First day, in the person's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the person's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether anything is filtered at all.</summary>
    public bool Any => this != new CaseQuery();

    /// <summary>What the core is asked for.</summary>
    public CaseFilter Filter(TimeZoneInfo zone) => new()
    {
        State = Enum.TryParse(Status, ignoreCase: true, out CaseState state) && Enum.IsDefined(state) ? state : null,
        Sensitivity = Severity == "severe" ? Sensitivity.Severe : null,
        QueueId = Queue,
        Language = Language,
        PastDue = Due,
        Search = Search,
        From = From?.StartIn(zone),
        To = To?.AddDays(1).StartIn(zone),
    };

    /// <summary>The query string's parameters; places are left out, because another filter is another list.</summary>
    public Dictionary<string, object?> Parameters() => new()
    {
        ["status"] = Status,
        ["severity"] = Severity,
        ["queue"] = Queue,
        ["language"] = Language,
        ["due"] = Due ? "past" : null,
        ["q"] = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = To?.ToString("O", CultureInfo.InvariantCulture),
        ["older"] = null,
        ["newer"] = null,
    };
}
