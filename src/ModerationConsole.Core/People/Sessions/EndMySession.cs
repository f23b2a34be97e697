using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>Ends one of a person's own sessions, as on a machine they left. What they hold stays with their other sessions.</summary>
[Requires(Permission.UseConsole)]
public sealed class EndMySession(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends it; false where it is not theirs, or over already.</summary>
    public async Task<bool> RunAsync(Caller caller, Guid sessionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EndMySession>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                bool ended = await EndSessions.OneAsync(scope, caller.Id, sessionId, SessionEnd.EndedElsewhere, guard, cancel).ConfigureAwait(false) > 0;
                if (ended)
                {
                    scope.Record(caller, AuditAct.SessionEnded, subject: caller.Id.ToString());
                }

                return ended;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
