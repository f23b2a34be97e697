using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Learns, in the same transaction, that a person stops working: signed out or disabled. Upper rooms take back what the person held.</summary>
public interface IPersonObserver
{
    /// <summary>The person is leaving. Whatever this changes commits with their leaving.</summary>
    Task LeavingAsync(WriteScope scope, Caller caller, Guid personId, PersonChange why, CancellationToken cancellationToken);
}

/// <summary>What changed about a person: the state of a <see cref="Live.LiveKind.PersonChanged"/> event.</summary>
public enum PersonChange
{
    Added,

    /// <summary>Name, team, languages, own settings.</summary>
    Profile,

    /// <summary>Roles or personal permissions.</summary>
    Access,

    /// <summary>Password or second factor; other sessions are over.</summary>
    Password,

    /// <summary>Signed out, in one session or all.</summary>
    SignedOut,
    Disabled,
    Enabled,
}
