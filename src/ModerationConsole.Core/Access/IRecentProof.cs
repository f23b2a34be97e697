namespace ModerationConsole.Core.Access;

/// <summary>
/// Answers whether who asks proved lately who they are: what a use case wants beyond its permission where a session that somebody
/// else got hold of would do the most harm. Implemented by People.
/// </summary>
public interface IRecentProof
{
    /// <summary>
    /// Whether the session's last proof is recent enough. Programs and the console itself have no session and need none.
    /// </summary>
    ValueTask<bool> IsFreshAsync(Caller caller, CancellationToken cancellationToken);
}
