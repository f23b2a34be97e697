using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>State of a case; follows from its tasks.</summary>
public enum CaseState
{
    Open,
    Decided,
    Closed,
}

/// <summary>What made a case.</summary>
public enum CaseSource
{
    Item,
    Report,
    Appeal,
    Import,
    Moderator,
    Rule,

    /// <summary>A legal notice or order.</summary>
    Notice,
}

/// <summary>What is judged: one item version with every report, signal and match about it.</summary>
public sealed class Case : IVersioned
{
    /// <summary>The number people say aloud.</summary>
    public long Number { get; init; }

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The item version that is judged.</summary>
    public Guid ItemVersionId { get; init; }

    /// <summary>State.</summary>
    public CaseState State { get; private set; } = CaseState.Open;

    /// <summary>What made it.</summary>
    public CaseSource Source { get; init; }

    /// <summary>How it must be handled; can rise, never falls.</summary>
    public Sensitivity Sensitivity { get; set; }

    /// <summary>Highest severity among reported policies.</summary>
    public Severity Severity { get; set; }

    /// <summary>Whether a legal notice about it ever came in; what asks for notices need not look for those of other cases.</summary>
    public bool Noticed { get; set; }

    /// <summary>Language of the item, BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>Raised each time the case opens again; at most one effective decision each.</summary>
    public int CaseVersion { get; private set; } = 1;

    /// <summary>The decision in force.</summary>
    public Guid? DecisionId { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When a report, signal or item last came in, UTC.</summary>
    public DateTimeOffset LastEvidenceAt { get; set; }

    /// <summary>When it was last decided or closed, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When what users wrote was taken out of it, UTC; what was decided remains.</summary>
    public DateTimeOffset? ContentErasedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>A decision takes effect.</summary>
    public void Decide(Guid decisionId, DateTimeOffset now)
    {
        Expect(CaseState.Open, "case.not-open");
        State = CaseState.Decided;
        DecisionId = decisionId;
        EndedAt = now;
    }

    /// <summary>The decision is taken back inside its window; the case is open again at the same version.</summary>
    public void UndoDecision()
    {
        Expect(CaseState.Decided, "case.not-decided");
        State = CaseState.Open;
        DecisionId = null;
        EndedAt = null;
    }

    /// <summary>A reversal takes the place of the decision in force.</summary>
    public void ReplaceDecision(Guid decisionId, DateTimeOffset now)
    {
        if (State == CaseState.Open)
        {
            throw new DomainRuleException("case.not-decided");
        }

        DecisionId = decisionId;
        EndedAt = now;
    }

    /// <summary>Nothing is left to do: the window passed, the item is gone, or its tasks were withdrawn.</summary>
    public void Close(DateTimeOffset now)
    {
        if (State == CaseState.Closed)
        {
            throw new DomainRuleException("case.closed");
        }

        State = CaseState.Closed;
        EndedAt ??= now;
    }

    /// <summary>New evidence on a decided or closed case opens it as a new version; history stays.</summary>
    public void Reopen()
    {
        if (State == CaseState.Open)
        {
            throw new DomainRuleException("case.open");
        }

        State = CaseState.Open;
        CaseVersion++;
        DecisionId = null;
        EndedAt = null;
    }

    private void Expect(CaseState state, string code)
    {
        if (State != state)
        {
            throw new DomainRuleException(code);
        }
    }
}
