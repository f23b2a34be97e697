using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Where a precedent stands.</summary>
public enum PrecedentState
{
    /// <summary>It is offered beside similar cases.</summary>
    InForce,

    /// <summary>The policy has changed since it was written or confirmed; offered no more until an expert confirms or rewrites it.</summary>
    Superseded,

    /// <summary>Taken back for good.</summary>
    Withdrawn,
}

/// <summary>
/// A ruling kept findable, in the words of an expert: nothing of the judged item is copied into it. It outlasts the case, to which
/// it is only linked; one whose case turns out to be about child safety is there for nobody any more.
/// </summary>
public sealed class Precedent : IVersioned
{
    /// <summary>The number people say aloud.</summary>
    public long Number { get; init; }

    /// <summary>Number of the escalation that was ruled on; null once the case is removed.</summary>
    public long? RulingNumber { get; set; }

    /// <summary>The ruling; null once the case is removed.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>The case; null once it is removed.</summary>
    public long? CaseNumber { get; set; }

    /// <summary>The policy it is about.</summary>
    public string PolicyId { get; init; } = "";

    /// <summary>What was found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Ids of what was ordered, comma separated.</summary>
    public string Actions { get; init; } = "";

    /// <summary>Names of the rules and signals that had brought the case up, one a line.</summary>
    public string Grounds { get; init; } = "";

    /// <summary>Number of its words as they are now, from 1.</summary>
    public int CurrentVersion { get; private set; } = 1;

    /// <summary>The policy's version for which it holds: the one it was written for, or was last confirmed for.</summary>
    public int PolicyVersion { get; private set; }

    /// <summary>Where it stands.</summary>
    public PrecedentState State { get; private set; }

    /// <summary>Who last wrote it.</summary>
    public Guid WrittenBy { get; private set; }

    /// <summary>When it was published, UTC.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>Since when it is in force, or was, UTC.</summary>
    public DateTimeOffset InForceSince { get; private set; }

    /// <summary>When it was superseded or withdrawn, UTC; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? WithdrawnReason { get; private set; }

    /// <summary>The case is about child safety after all: this is there for nobody.</summary>
    public bool ChildSafety { get; private set; }

    /// <summary>When anything of it was last changed, UTC: by this each node renews what it holds of it in memory.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>New words, written for the version of the policy in force.</summary>
    internal PrecedentVersion Write(PrecedentDraft words, int policyVersion, Guid by, DateTimeOffset now, bool first = false)
    {
        CurrentVersion = first ? 1 : CurrentVersion + 1;
        WrittenBy = by;
        Enforce(policyVersion, now, again: first || State != PrecedentState.InForce || PolicyVersion != policyVersion);
        return VersionOf(words, policyVersion, by, now);
    }

    /// <summary>
    /// An expert found that it holds for a version of the policy as well: its words stand once more, as a version written for that.
    /// By its versions it can be told of any time whether it was in force.
    /// </summary>
    internal PrecedentVersion Confirm(PrecedentVersion words, int policyVersion, Guid by, DateTimeOffset now)
    {
        CurrentVersion++;
        Enforce(policyVersion, now, again: true);
        return VersionOf(words.Drafted(), policyVersion, by, now);
    }

    /// <summary>An expert takes it back.</summary>
    internal void Withdraw(string reason, DateTimeOffset now)
    {
        (State, WithdrawnReason, ChangedAt) = (PrecedentState.Withdrawn, reason, now);
        EndedAt ??= now;
    }

    /// <summary>Its policy has other words now.</summary>
    internal void Supersede(DateTimeOffset now) => (State, EndedAt, ChangedAt) = (PrecedentState.Superseded, now, now);

    /// <summary>Its case is one of child safety.</summary>
    internal void Hide(DateTimeOffset now) => (ChildSafety, ChangedAt) = (true, now);

    /// <summary>Its case is erased or gone.</summary>
    internal void Touch(DateTimeOffset now) => ChangedAt = now;

    private void Enforce(int policyVersion, DateTimeOffset now, bool again)
    {
        (State, PolicyVersion, ChangedAt) = (PrecedentState.InForce, policyVersion, now);
        if (again)
        {
            (InForceSince, EndedAt) = (now, null);
        }
    }

    private PrecedentVersion VersionOf(PrecedentDraft words, int policyVersion, Guid by, DateTimeOffset now) => new()
    {
        PrecedentNumber = Number,
        Number = CurrentVersion,
        Title = words.Title,
        Facts = words.Facts,
        Rule = words.Rule,
        Reasoning = words.Reasoning,
        Examples = words.Examples,
        Tags = string.Join(',', words.Tags),
        PolicyVersion = policyVersion,
        WrittenBy = by,
        WrittenAt = now,
    };
}

/// <summary>The words of a precedent at one time.</summary>
public sealed class PrecedentVersion
{
    /// <summary>The precedent.</summary>
    public long PrecedentNumber { get; init; }

    /// <summary>Number, from 1.</summary>
    public int Number { get; init; }

    /// <summary>What it is called.</summary>
    public string Title { get; init; } = "";

    /// <summary>What was judged, in the expert's words.</summary>
    public string Facts { get; init; } = "";

    /// <summary>What holds, in a sentence or two.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reasoning { get; init; } = "";

    /// <summary>What falls under it and what does not; may be empty.</summary>
    public string Examples { get; init; } = "";

    /// <summary>Tags, comma separated.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The policy's version that it was written or confirmed for.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Who wrote or confirmed it.</summary>
    public Guid WrittenBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>The words alone.</summary>
    internal PrecedentDraft Drafted() => new(Title, Facts, Rule, Reasoning, Examples, Tags.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
