using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>What came of reviewing what someone took.</summary>
public enum CloseGlassOutcome
{
    Closed,

    /// <summary>There is none of that id, or it was reviewed before.</summary>
    NotOpen,

    /// <summary>It is still on.</summary>
    StillOn,

    /// <summary>It is the caller's own: someone else reviews it.</summary>
    OwnGlass,

    /// <summary>It takes words on what was found; blanks are none.</summary>
    NoteRequired,

    /// <summary>The note is longer than <see cref="CloseGlass.LongestNote"/>.</summary>
    NoteTooLong,
}

/// <summary>Reviews what someone took and gave back, with what was found. Nobody reviews their own.</summary>
[Requires(Permission.HandleAlarms)]
public sealed class CloseGlass(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = TextLength.Line;

    /// <summary>Reviews it, once.</summary>
    public async Task<CloseGlassOutcome> RunAsync(Caller caller, Guid id, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CloseGlass>(caller, cancellationToken).ConfigureAwait(false);
        string found = DecisionText.Clean(note) ?? "";
        if (found.Length is 0 or > LongestNote)
        {
            return found.Length == 0 ? CloseGlassOutcome.NoteRequired : CloseGlassOutcome.NoteTooLong;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                GlassBreak? glass = await scope.Db.Set<GlassBreak>().SingleOrDefaultAsync(row => row.Id == id && row.ReviewedAt == null, cancel).ConfigureAwait(false);
                if (glass is null || glass.PersonId == caller.Id || glass.IsOn(scope.Now))
                {
                    return glass is null ? CloseGlassOutcome.NotOpen : glass.PersonId == caller.Id ? CloseGlassOutcome.OwnGlass : CloseGlassOutcome.StillOn;
                }

                glass.Review(caller.Id, found, scope.Now);
                scope.Record(caller, AuditAct.GlassReviewed, subject: glass.Id.ToString(), details: new Dictionary<string, object?> { ["person"] = glass.PersonId });
                await scope.TellWatchersAsync(cancel).ConfigureAwait(false);
                return CloseGlassOutcome.Closed;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What someone took for a while, as auditors see it.</summary>
/// <param name="On">Whether they have it now.</param>
/// <param name="Own">Whether it is the caller's, who then may not review it.</param>
public sealed record GlassRow(
    Guid Id, Guid PersonId, string Person, string Role, string Reason, DateTimeOffset StartedAt, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, bool On, bool Own,
    DateTimeOffset? ReviewedAt, string? ReviewedBy, string? Note);

/// <summary>What people took for a while: first what is yet to be reviewed, the newest first.</summary>
[Requires(Permission.HandleAlarms)]
public sealed class ListGlass(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>How many are listed at most.</summary>
    public const int Most = 100;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<GlassRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListGlass>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from glass in db.Set<GlassBreak>().AsNoTracking()
                join person in db.Set<Moderator>() on glass.PersonId equals person.Id
                orderby glass.ReviewedAt != null, glass.StartedAt descending
                select new GlassRow(
                    glass.Id, glass.PersonId, person.DisplayName, glass.Role, glass.Reason, glass.StartedAt, glass.EndsAt, glass.EndedAt,
                    glass.EndedAt == null && glass.EndsAt > now, glass.PersonId == caller.Id, glass.ReviewedAt,
                    db.Set<Moderator>().Where(reviewer => reviewer.Id == glass.ReviewedBy).Select(reviewer => reviewer.DisplayName).SingleOrDefault(), glass.Note))
                .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
