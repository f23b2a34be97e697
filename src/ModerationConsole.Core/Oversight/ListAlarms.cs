using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight;

/// <summary>An alarm as auditors see it.</summary>
/// <param name="Person">Name of whom it is about.</param>
/// <param name="Own">Whether it is about the caller, who then may not close it.</param>
/// <param name="ClosedBy">Name of who closed it.</param>
public sealed record AlarmRow(
    Guid Id, Guid PersonId, string Person, bool Own, UseKind Kind, int Hours, int Count, int Most, DateTimeOffset RaisedAt, DateTimeOffset? ClosedAt, string? ClosedBy,
    string? Note);

/// <summary>Alarms about how the console is used, the newest first: those that are open, or those that were closed.</summary>
[Requires(Permission.HandleAlarms)]
public sealed class ListAlarms(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Alarms that are listed at most.</summary>
    public const int Most = 100;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<AlarmRow>> RunAsync(Caller caller, bool closed, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAlarms>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from alarm in db.Set<UseAlarm>().AsNoTracking()
                join person in db.Set<Moderator>() on alarm.PersonId equals person.Id
                where (alarm.ClosedAt != null) == closed
                orderby alarm.ClosedAt descending, alarm.RaisedAt descending
                select new AlarmRow(
                    alarm.Id, alarm.PersonId, person.DisplayName, alarm.PersonId == caller.Id, alarm.Kind, alarm.Hours, alarm.Count, alarm.Most, alarm.RaisedAt, alarm.ClosedAt,
                    db.Set<Moderator>().Where(closer => closer.Id == alarm.ClosedBy).Select(closer => closer.DisplayName).SingleOrDefault(), alarm.Note))
                .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
