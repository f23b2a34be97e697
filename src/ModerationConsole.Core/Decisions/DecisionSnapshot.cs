using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// What the decider saw of the case. Items, reports and policy versions never change once stored, so it names them by id; what
/// can change is written out. A later look at the decision shows this and nothing that came after.
/// </summary>
public sealed record DecisionSnapshot
{
    /// <summary>Reports that are named at most, the newest.</summary>
    public const int MaxReports = 1_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Form of the snapshot.</summary>
    public int Form { get; init; } = 1;

    /// <summary>The item version.</summary>
    public required Guid ItemVersionId { get; init; }

    /// <summary>SHA-256 of its data, lower-case hex.</summary>
    public required string ItemHash { get; init; }

    /// <summary>Source of the case.</summary>
    public required CaseSource Source { get; init; }

    /// <summary>Its sensitivity then.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Its severity then.</summary>
    public required Policies.Severity Severity { get; init; }

    /// <summary>The queue it was drawn from.</summary>
    public required Guid QueueId { get; init; }

    /// <summary>The policy version that was used.</summary>
    public Guid? PolicyVersionId { get; init; }

    /// <summary>Reports, newest first.</summary>
    public required IReadOnlyList<Guid> Reports { get; init; }

    /// <summary>Versions of related items, in the order shown.</summary>
    public required IReadOnlyList<Guid> Related { get; init; }

    /// <summary>Media of the item, in order.</summary>
    public required IReadOnlyList<Guid> Media { get; init; }

    /// <summary>What was decided before, as it stood then.</summary>
    public required IReadOnlyList<EarlierDecision> Earlier { get; init; }

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DecisionSnapshot Read(string json) =>
        JsonSerializer.Deserialize<DecisionSnapshot>(json, s_json) ?? throw new JsonException("No snapshot.");

    /// <summary>What the decider of a task saw: of one that measures, what the author of the tested decision saw.</summary>
    internal static async Task<DecisionSnapshot> OfAsync(
        WriteScope scope, ReviewTask task, JudgedTask judged, Guid? policyVersionId, bool seesChildSafety, CancellationToken cancellationToken) =>
        !task.ChangesCase && await DeskThen.ReadAsync(scope.Db, task, cancellationToken).ConfigureAwait(false) is { } then
            ? then.Snapshot with { PolicyVersionId = policyVersionId }
            : await TakeAsync(scope.Reads, judged, policyVersionId, seesChildSafety, cancellationToken).ConfigureAwait(false);

    internal static async Task<DecisionSnapshot> TakeAsync(
        ReadAhead reads, JudgedTask judged, Guid? policyVersionId, bool seesChildSafety, CancellationToken cancellationToken)
    {
        Case about = judged.About;
        return new DecisionSnapshot
        {
            ItemVersionId = judged.Item.Id,
            ItemHash = Convert.ToHexStringLower(judged.Item.ContentHash),
            Source = about.Source,
            Sensitivity = about.Sensitivity,
            Severity = about.Severity,
            QueueId = judged.Queue.Id,
            PolicyVersionId = policyVersionId,
            Reports = [.. (await reads.FindAsync(DecisionReads.Reports, about.Number, cancellationToken).ConfigureAwait(false) ?? []).Select(report => report.Id)],
            Related = await reads.FindAsync(DecisionReads.Related, about.Number, cancellationToken).ConfigureAwait(false) ?? [],
            Media = await reads.FindAsync(DecisionReads.Media, judged.Item.Id, cancellationToken).ConfigureAwait(false) ?? [],
            Earlier = await reads.FindAsync(EarlierDecisions.OfCases, judged.Earlier(seesChildSafety), cancellationToken).ConfigureAwait(false) ?? [],
        };
    }
}
