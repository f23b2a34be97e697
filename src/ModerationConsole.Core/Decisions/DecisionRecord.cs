using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Makes the row of a decision from what was submitted and what was found.</summary>
internal static class DecisionRecord
{
    public static Decision Make(
        DateTimeOffset now, Guid deciderId, DecideCommand command, JudgedTask judged, ActiveLease lease, DecisionCheck check,
        DecisionSnapshot snapshot, MediaStep? highestStep, TimeSpan window, Guid? reversesId = null, double share = 1, DecisionSourceType? source = null)
    {
        // The row without its hash, hashed, and then with it: the hash covers what is stored, to the letter.
        Decision Row(Guid id, byte[] hash) => new()
        {
            Id = id,
            CaseNumber = judged.About.Number,
            CaseVersion = judged.About.CaseVersion,
            TaskNumber = lease.TaskNumber,
            DeciderId = deciderId,
            DecidedAt = now,
            Verdict = command.Verdict,
            CannotReviewCode = command.CannotReviewCode,
            PolicyId = check.Policy?.Id,
            PolicyVersionId = check.Policy?.VersionId,
            Actions = string.Join(',', check.Named ?? check.Orders.Select(order => order.Action.Id)),
            ReasonForUser = command.ReasonForUser,
            InternalNote = command.InternalNote,
            // What was decided together took its time together.
            HandlingSeconds = share * Math.Max(0, (now - (lease.ShownAt ?? lease.TakenAt)).TotalSeconds),
            UndoUntil = now + window,
            ReversesId = reversesId,
            SourceType = source ?? SourceOf(judged.About.Source, snapshot.Reports.Count),
            AutomatedDetection = DetectedByProgram(judged.About.Source),
            AutomatedDecision = false,
            MediaTimeMarkSeconds = command.MediaTimeMarkSeconds,
            HighestStepSeen = (int?)highestStep,
            Snapshot = snapshot.Write(),
            Hash = hash,
        };

        Guid id = Guid.CreateVersion7();
        return Row(id, DecisionHash.Of(Row(id, [])));
    }

    /// <summary>The row of a decision that takes the place of another of the same person.</summary>
    public static Decision Reversal(DateTimeOffset now, Decision old, string? note, IReadOnlyList<CheckedOrder> orders, DecisionSnapshot snapshot) => InPlaceOf(
        now, old, new Replacement(old.DeciderId, Verdict.Allow) { Actions = orders.Select(order => order.Action.Id), InternalNote = note }, snapshot);

    /// <summary>The row of a decision that takes the place of another.</summary>
    public static Decision InPlaceOf(DateTimeOffset now, Decision old, Replacement by, DecisionSnapshot snapshot)
    {
        string actions = string.Join(',', by.Actions);
        Decision Row(Guid id, byte[] hash) => new()
        {
            Id = id,
            CaseNumber = old.CaseNumber,
            CaseVersion = old.CaseVersion,
            TaskNumber = old.TaskNumber,
            DeciderId = by.DeciderId,
            DecidedAt = now,
            Verdict = by.Verdict,
            CannotReviewCode = by.CannotReviewCode,
            PolicyId = by.PolicyId,
            PolicyVersionId = by.PolicyVersionId,
            Actions = actions,
            ReasonForUser = by.ReasonForUser,
            InternalNote = by.InternalNote,
            // Final at once: it was asked for with a reason, and reversing it again is a new judgement.
            UndoUntil = now,
            ReversesId = old.Id,
            SourceType = old.SourceType,
            AutomatedDetection = old.AutomatedDetection,
            AutomatedDecision = false,
            Snapshot = snapshot.Write(),
            Hash = hash,
        };

        Guid id = Guid.CreateVersion7();
        return Row(id, DecisionHash.Of(Row(id, [])));
    }

    /// <summary>What the audit keeps of a decision.</summary>
    public static Dictionary<string, object?> Details(Decision decision) => new()
    {
        ["actions"] = decision.Actions,
        ["hash"] = Convert.ToHexStringLower(decision.Hash),
        ["policy"] = decision.PolicyId,
        ["policyVersion"] = decision.PolicyVersionId,
        ["verdict"] = decision.Verdict.ToString(),
    };

    /// <summary>The line of the case's history.</summary>
    public static string Line(Decision decision) => decision.PolicyId is null ? decision.Verdict.ToString() : $"{decision.Verdict} {decision.PolicyId}";

    private static DecisionSourceType? SourceOf(CaseSource source, int reports) => source switch
    {
        CaseSource.Report => DecisionSourceType.UserReport,
        // An appeal is about a decision whose source is known from that decision.
        CaseSource.Appeal => null,
        // Judged again after its notice was answered.
        CaseSource.Notice => DecisionSourceType.Article16Notice,
        CaseSource.Item or CaseSource.Import or CaseSource.Moderator or CaseSource.Rule =>
            reports > 0 ? DecisionSourceType.UserReport : DecisionSourceType.OwnInitiative,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    private static bool? DetectedByProgram(CaseSource source) => source switch
    {
        CaseSource.Rule => true,
        CaseSource.Report or CaseSource.Moderator or CaseSource.Notice => false,
        // What made the platform send or import it is not known here.
        CaseSource.Item or CaseSource.Import or CaseSource.Appeal => null,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}

/// <summary>What takes the place of a decision.</summary>
internal sealed record Replacement(Guid? DeciderId, Verdict Verdict)
{
    public string? CannotReviewCode { get; init; }

    public string? PolicyId { get; init; }

    public Guid? PolicyVersionId { get; init; }

    public IEnumerable<string> Actions { get; init; } = [];

    public string? ReasonForUser { get; init; }

    public string? InternalNote { get; init; }
}
