using System.Globalization;
using ModerationConsole.Core.Cases;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>The filters of the case list as they stand in the address; so a link, a reload and the way back keep them.</summary>
public sealed record CaseQuery
{
    /// <summary>The value of <see cref="Sort"/> for the last heard of first.</summary>
    public const string Activity = "activity";

    public string? Status { get; init; }

    public string? Severity { get; init; }

    public Guid? Queue { get; init; }

    public string? Language { get; init; }

    public string? Region { get; init; }

    public bool Due { get; init; }

    public string? Search { get; init; }

    /// <summary>First day, in the person's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the person's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order: "activity", or null for the last opened first.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether anything is filtered at all.</summary>
    public bool Any => this with { Sort = null } != new CaseQuery();

    /// <summary>The order of the list.</summary>
    public CaseOrder Order => Sort == Activity ? CaseOrder.Activity : CaseOrder.Opened;

    /// <summary>What the core is asked for.</summary>
    public CaseFilter Filter(TimeZoneInfo zone) => new()
    {
        State = Enum.TryParse(Status, ignoreCase: true, out CaseState state) && Enum.IsDefined(state) ? state : null,
        Sensitivity = Severity == "severe" ? Sensitivity.Severe : null,
        QueueId = Queue,
        Language = Language,
        Region = string.IsNullOrWhiteSpace(Region) ? null : Region,
        PastDue = Due,
        Search = Search,
        From = From?.StartIn(zone),
        To = To?.AddDays(1).StartIn(zone),
    };

    /// <summary>A place in the list as it stands in the address: a case, and where the order goes by it, the time of its last activity.</summary>
    public string Mark(CaseRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Order == CaseOrder.Activity && string.IsNullOrWhiteSpace(Search)
            ? string.Create(CultureInfo.InvariantCulture, $"{row.Number}-{row.LastEvidenceAt.UtcTicks / TimeSpan.TicksPerMicrosecond}")
            : row.Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a place that <see cref="Mark"/> wrote; null when it is none.</summary>
    public static (long Number, DateTimeOffset? At)? ReadMark(string? text) => (text ?? "").Split('-') switch
    {
        [{ } number] when Figures.Number(number) is { } only => (only, null),
        [{ } number, { } at] when Figures.Number(number) is { } both && Figures.Number(at) is { } microseconds and < 300_000_000_000_000_000 =>
            (both, new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero)),
        _ => null,
    };

    /// <summary>The query string's parameters; places are left out, because another filter is another list.</summary>
    public Dictionary<string, object?> Parameters() => new()
    {
        ["status"] = Status,
        ["severity"] = Severity,
        ["queue"] = Queue,
        ["language"] = Language,
        ["region"] = Region,
        ["due"] = Due ? "past" : null,
        ["q"] = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = To?.ToString("O", CultureInfo.InvariantCulture),
        ["sort"] = Sort == Activity ? Activity : null,
        ["older"] = null,
        ["newer"] = null,
    };
}
