using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

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
