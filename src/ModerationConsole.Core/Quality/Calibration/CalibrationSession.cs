using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Where a calibration session stands.</summary>
public enum CalibrationState
{
    /// <summary>Cases and people are being put together.</summary>
    Draft,

    /// <summary>People vote, each without knowing of the others.</summary>
    Voting,

    /// <summary>The votes are shown and talked about.</summary>
    Discussion,

    /// <summary>The same cases are voted on again.</summary>
    VotingAgain,

    /// <summary>It is over; agreement before and after is known.</summary>
    Closed,
}

/// <summary>A set of cases that several people judge secretly and then talk about.</summary>
public sealed class CalibrationSession : IVersioned
{
    /// <summary>Fewest cases of a session.</summary>
    public const int FewestCases = 5;

    /// <summary>Most cases of a session.</summary>
    public const int MostCases = 20;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public CalibrationState State { get; private set; } = CalibrationState.Draft;

    /// <summary>Who leads it.</summary>
    public Guid MadeBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it came to where it stands, UTC.</summary>
    public DateTimeOffset StateSince { get; private set; }

    /// <summary>What came of the discussion as a whole.</summary>
    public string Notes { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Goes on to a state that may follow.</summary>
    public void GoTo(CalibrationState next, DateTimeOffset now)
    {
        bool follows = (State, next) is (CalibrationState.Draft, CalibrationState.Voting) or (CalibrationState.Voting, CalibrationState.Discussion)
            or (CalibrationState.Discussion, CalibrationState.VotingAgain) or (CalibrationState.Discussion, CalibrationState.Closed)
            or (CalibrationState.VotingAgain, CalibrationState.Closed);
        if (!follows)
        {
            throw new DomainRuleException($"calibration.not-{next.ToString().ToLowerInvariant()}");
        }

        (State, StateSince) = (next, now);
    }
}

/// <summary>A case of a session. What is shown is what the author of its decision saw.</summary>
public sealed class CalibrationCase : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Place in it, from 0.</summary>
    public int Position { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The decision whose snapshot is shown.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>What came of talking about it.</summary>
    public string Notes { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>Someone who votes in a session.</summary>
public sealed class CalibrationPerson
{
    /// <summary>The session.</summary>
    public Guid SessionId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }
}

/// <summary>A vote that is wanted, and what it was.</summary>
public sealed class CalibrationVote : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The session's case.</summary>
    public Guid CalibrationCaseId { get; init; }

    /// <summary>Whose vote.</summary>
    public Guid PersonId { get; init; }

    /// <summary>1 before the discussion, 2 after it.</summary>
    public int Round { get; init; }

    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Their verdict, a decision without effect; null while they have not voted.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>What they found.</summary>
    public Verdict? Verdict { get; set; }

    /// <summary>The policy they named.</summary>
    public string? PolicyId { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? VotedAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}
