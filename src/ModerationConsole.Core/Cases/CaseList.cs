using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>Which cases are wanted; what is null does not matter.</summary>
public sealed record CaseFilter
{
    /// <summary>State.</summary>
    public CaseState? State { get; init; }

    /// <summary>Had a task in this queue.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>How it must be handled.</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Language, BCP 47; matches its regional variants.</summary>
    public string? Language { get; init; }

    /// <summary>The deadline has passed and the case is open.</summary>
    public bool PastDue { get; init; }

    /// <summary>A case number, an item's or an account's id, the account's name, or words of the item.</summary>
    public string? Search { get; init; }

    /// <summary>Opened at or after this time, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before this time, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only these, as when rows that are shown already are read again.</summary>
    public IReadOnlyCollection<long>? Numbers { get; init; }
}

/// <summary>Which part of the list: newest first; at most one of the bounds.</summary>
/// <param name="OlderThan">Only numbers below this one.</param>
/// <param name="NewerThan">Only numbers above this one, those nearest to it.</param>
/// <param name="Size">How many, 1 to 200.</param>
/// <param name="Count">Whether to count what the filter matches.</param>
public sealed record CasePlace(long? OlderThan = null, long? NewerThan = null, int Size = 50, bool Count = true);

/// <summary>A case in a list.</summary>
/// <param name="Verdict">What was found last: Allow, Violation or CannotReview; null while it is open.</param>
/// <param name="Excerpt">Beginning of the item's text, as the platform sent it: hostile until it is encoded.</param>
/// <param name="Author">Id of the account that made the item.</param>
/// <param name="Media">How many media objects the item names.</param>
/// <param name="Where">Where it stands among the queues.</param>
public sealed record CaseRow(
    long Number, string TypeName, CaseState State, string? Verdict, Sensitivity Sensitivity, Severity Severity, string? Language,
    string Excerpt, string? Author, int Reports, int Media, DateTimeOffset OpenedAt, DateTimeOffset LastEvidenceAt, CaseWhereabouts? Where);

/// <summary>A part of the list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="HasNewer">Whether there are matches above the first row.</param>
/// <param name="HasOlder">Whether there are matches below the last row.</param>
/// <param name="Matches">How many match, counted up to <see cref="ListCases.MostCounted"/>; null when not asked for.</param>
public sealed record FoundCases(IReadOnlyList<CaseRow> Rows, bool HasNewer, bool HasOlder, int? Matches);
