using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>A case with a note, for one of the two whom it is between.</summary>
/// <param name="With">Name of the other of the two.</param>
/// <param name="Sent">Whether the caller sent it; else they received it.</param>
/// <param name="Text">The note; empty once its words were erased with the case's.</param>
/// <param name="ReadAt">When its receiver first read it, UTC.</param>
public sealed record CoachingView(Guid Id, string With, bool Sent, long CaseNumber, string Text, DateTimeOffset SentAt, DateTimeOffset? ReadAt);

/// <summary>Shows a note to its sender or its receiver. Reading it here is no receipt: see <see cref="SeeCoaching"/>.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadCoaching(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it; null where there is none of the caller's.</summary>
    public async Task<CoachingView?> RunAsync(Caller caller, Guid noteId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadCoaching>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from note in db.CoachingOf(caller.Id).AsNoTracking()
                join other in db.Set<Moderator>() on (note.FromId == caller.Id ? note.ToId : note.FromId) equals other.Id
                where note.Id == noteId
                select new CoachingView(note.Id, other.DisplayName, note.FromId == caller.Id, note.CaseNumber, note.Text, note.SentAt, note.ReadAt))
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
