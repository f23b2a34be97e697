using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Asks everyone of a session for a secret vote on each of its cases.</summary>
[Requires(Permission.RunQuality)]
public sealed class StartVoting(IAccessGuard guard, CalibrationMoving moving) : IUseCase
{
    /// <summary>Starts the first round.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<MoveCalibrationResult> RunAsync(Caller caller, Guid sessionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<StartVoting>(caller, cancellationToken).ConfigureAwait(false);
        return await moving.MoveAsync(caller, sessionId, CalibrationState.Voting, [CalibrationState.Draft], early: false, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Shows the votes of the first round to all who are in a session, to be talked about.</summary>
[Requires(Permission.RunQuality)]
public sealed class RevealVotes(IAccessGuard guard, CalibrationMoving moving) : IUseCase
{
    /// <summary>Shows them once all are given.</summary>
    /// <param name="early">Goes on without those that are missing; who did not vote is not told, only how many votes there are.</param>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<MoveCalibrationResult> RunAsync(Caller caller, Guid sessionId, bool early, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RevealVotes>(caller, cancellationToken).ConfigureAwait(false);
        return await moving.MoveAsync(caller, sessionId, CalibrationState.Discussion, [CalibrationState.Voting], early, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Asks for secret votes on the same cases again, after they were talked about.</summary>
[Requires(Permission.RunQuality)]
public sealed class VoteAgain(IAccessGuard guard, CalibrationMoving moving) : IUseCase
{
    /// <summary>Starts the second round.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<MoveCalibrationResult> RunAsync(Caller caller, Guid sessionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<VoteAgain>(caller, cancellationToken).ConfigureAwait(false);
        return await moving.MoveAsync(caller, sessionId, CalibrationState.VotingAgain, [CalibrationState.Discussion], early: false, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Ends a session after its discussion or its second round; what came of it stays to be read.</summary>
[Requires(Permission.RunQuality)]
public sealed class CloseCalibration(IAccessGuard guard, CalibrationMoving moving) : IUseCase
{
    /// <summary>Ends it.</summary>
    /// <param name="early">Ends a second round without the votes that are missing.</param>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<MoveCalibrationResult> RunAsync(Caller caller, Guid sessionId, bool early, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CloseCalibration>(caller, cancellationToken).ConfigureAwait(false);
        return await moving.MoveAsync(
            caller, sessionId, CalibrationState.Closed, [CalibrationState.Discussion, CalibrationState.VotingAgain], early, cancellationToken).ConfigureAwait(false);
    }
}
