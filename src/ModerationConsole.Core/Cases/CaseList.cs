using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>Which cases are wanted; what is null does not matter.</summary>
public sealed record CaseFilter
{
    /// <summary>State.</summary>
    public CaseState? State { get; init; }

    /// <summary>Had a task in this queue.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>How it must be handled; <see cref="Sensitivity.Severe"/> also finds what is severe by its severity.</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Language, BCP 47; matches its regional variants.</summary>
    public string? Language { get; init; }

    /// <summary>Where the data of the item belongs, as configured.</summary>
    public string? Region { get; init; }

    /// <summary>The deadline has passed and the case is open.</summary>
    public bool PastDue { get; init; }

    /// <summary>A case number, an item's or an account's id, or words of the item, its id or its author.</summary>
    public string? Search { get; init; }

    /// <summary>Opened at or after this time, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before this time, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only these, as when rows that are shown already are read again.</summary>
    public IReadOnlyCollection<long>? Numbers { get; init; }

    /// <summary>Whether nothing but the search narrows the list.</summary>
    internal bool OnlySearches => this == new CaseFilter { Search = Search };

    /// <summary>By what is looked, without what is looked for: people type anything.</summary>
    internal string By => string.Join(' ', new (string Name, bool Given)[]
    {
        ("state", State is not null), ("queue", QueueId is not null), ("sensitivity", Sensitivity is not null), ("language", Language is not null), ("region", Region is not null), ("due", PastDue),
        ("words", !string.IsNullOrWhiteSpace(Search)), ("from", From is not null), ("to", To is not null),
    }.Where(one => one.Given).Select(one => one.Name));
}

/// <summary>In which order cases are listed.</summary>
public enum CaseOrder
{
    /// <summary>The last opened first.</summary>
    Opened,

    /// <summary>Those of which something was heard last first; of equal ones the higher number.</summary>
    Activity,
}

/// <summary>Which part of the list; at most one of the bounds.</summary>
/// <param name="OlderThan">Only what comes after this case.</param>
/// <param name="NewerThan">Only what comes before this case, those nearest to it; 0 for the end of the list.</param>
/// <param name="Size">How many, 1 to 200.</param>
/// <param name="Count">Whether to count what the filter matches.</param>
/// <param name="Order">The order of the list. What is found by words always comes by number.</param>
/// <param name="At">When something was last heard of the bounding case, UTC; for <see cref="CaseOrder.Activity"/>.</param>
/// <param name="ShowSevere">Whether the text of severe cases is wanted; it is left out otherwise.</param>
public sealed record CasePlace(
    long? OlderThan = null, long? NewerThan = null, int Size = 50, bool Count = true, CaseOrder Order = CaseOrder.Opened, DateTimeOffset? At = null,
    bool ShowSevere = false)
{
    /// <summary>
    /// Whether it is the same look as before: the list is drawn anew because something changed, or words are still being typed. Only
    /// other looks are in the audit.
    /// </summary>
    public bool SameLook { get; init; }
}

/// <summary>A case in a list.</summary>
/// <param name="Verdict">What was found last: Allow, Violation or CannotReview; null while it is open.</param>
/// <param name="Excerpt">Beginning of the item's text, as the platform sent it: hostile until it is encoded. Null where it was left out.</param>
/// <param name="Author">Id of the account that made the item.</param>
/// <param name="Media">How many media objects the item names.</param>
/// <param name="Where">Where it stands among the queues.</param>
public sealed record CaseRow(
    long Number, string TypeName, CaseState State, string? Verdict, Sensitivity Sensitivity, Severity Severity, string? Language,
    string? Excerpt, string? Author, int Reports, int Media, DateTimeOffset OpenedAt, DateTimeOffset LastEvidenceAt, CaseWhereabouts? Where)
{
    /// <summary>Whether a case harms whoever reads it unprepared.</summary>
    public bool IsSevere => Sensitivity != Sensitivity.Ordinary || Severity == Severity.Severe;
}

/// <summary>A part of the list.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="HasNewer">Whether there are matches above the first row.</param>
/// <param name="HasOlder">Whether there are matches below the last row.</param>
/// <param name="Matches">How many match, counted up to <see cref="ListCases.MostCounted"/>; null when not asked for.</param>
public sealed record FoundCases(IReadOnlyList<CaseRow> Rows, bool HasNewer, bool HasOlder, int? Matches);
