using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>The receipt: notes that the receiver has a note before their eyes, which its sender is shown. Called by a page that is being looked at.</summary>
[Requires(Permission.ReviewCases)]
public sealed class SeeCoaching(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Notes it once.</summary>
    /// <returns>Whether this was the receiver's first time.</returns>
    public async Task<bool> RunAsync(Caller caller, Guid noteId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SeeCoaching>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                CoachingNote? note = await scope.Db.CoachingOf(caller.Id).SingleOrDefaultAsync(row => row.Id == noteId && row.ToId == caller.Id, token).ConfigureAwait(false);
                if (note is null or { ReadAt: not null })
                {
                    return false;
                }

                note.ReadAt = scope.Now;
                scope.Record(caller, AuditAct.CoachingRead, note.CaseNumber, subject: note.Id.ToString());
                await scope.UntellAsync(caller.Id, SendCoaching.Key(note.Id), token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
