using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>
/// Runs the clock of severe content: it starts when such a case comes onto a screen, goes on with each sign of an active person
/// and stops when the case leaves the screen. It follows the rows of leases themselves, so that no path can show a case
/// without it.
/// </summary>
public sealed class ExposureClock(TimeProvider clock, IOptions<LeaseOptions> options) : SaveChangesInterceptor, ILeaseObserver
{
    /// <summary>A shift without hours is over when no case was drawn for so long.</summary>
    internal static readonly TimeSpan BetweenShifts = TimeSpan.FromHours(6);

    // A shift's last sign of work need not be exact.
    private static readonly TimeSpan s_seen = TimeSpan.FromMinutes(5);

    /// <summary>How long after a sign of life a person counts as active.</summary>
    internal TimeSpan Reach => TimeSpan.FromSeconds((2 * options.Value.HeartbeatSeconds) + 5);

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is ConsoleDbContext db)
        {
            await FollowAsync(db, clock.Now(), cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <inheritdoc />
    public async Task AtWorkAsync(WriteScope scope, Guid personId, IReadOnlyList<ActiveLease> shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(shown);
        foreach (ActiveLease lease in await SevereAsync(scope.Db, shown, scope.Now, cancellationToken).ConfigureAwait(false))
        {
            SevereTime? running = (await RunningAsync(scope.Db, [lease], cancellationToken).ConfigureAwait(false)).SingleOrDefault();
            if (running is not null && scope.Now - running.Until <= Reach)
            {
                running.Until = scope.Now;
                continue;
            }

            // The person was away in between: that time does not count.
            running?.Open = false;
            scope.Db.Add(Begin(lease, scope.Now));
        }
    }

    /// <summary>The person begins to look at a case without a task.</summary>
    internal static async Task LookAsync(ConsoleDbContext db, Guid personId, long caseNumber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ActiveLease look = new() { TaskNumber = SevereTime.NoTask, PersonId = personId, CaseNumber = caseNumber, Fence = caseNumber };
        foreach (ActiveLease severe in await SevereAsync(db, [look], now, cancellationToken).ConfigureAwait(false))
        {
            db.Add(Begin(severe, now));
        }
    }

    private async Task FollowAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ActiveLease> begun = [];
        List<ActiveLease> ended = [];
        foreach (EntityEntry<ActiveLease> entry in db.ChangeTracker.Entries<ActiveLease>())
        {
            bool wasShown = entry.State is EntityState.Modified or EntityState.Deleted && entry.OriginalValues.GetValue<LeaseSlot>(nameof(ActiveLease.Slot)) == LeaseSlot.Shown;
            bool isShown = entry.State is EntityState.Added or EntityState.Modified && entry.Entity.Slot == LeaseSlot.Shown;
            if (isShown && !wasShown)
            {
                begun.Add(entry.Entity);
            }
            else if (wasShown && !isShown)
            {
                ended.Add(entry.Entity);
            }
        }

        foreach (SevereTime running in await RunningAsync(db, ended, cancellationToken).ConfigureAwait(false))
        {
            running.Until = running.UntilAt(now, Reach);
            running.Open = false;
        }

        foreach (ActiveLease lease in await SevereAsync(db, begun, now, cancellationToken).ConfigureAwait(false))
        {
            db.Add(Begin(lease, now));
        }
    }

    // Notes that people work, and answers which of their cases are severe.
    private static async Task<IReadOnlyList<ActiveLease>> SevereAsync(
        ConsoleDbContext db, IReadOnlyList<ActiveLease> shown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (shown.Count == 0)
        {
            return [];
        }

        Guid[] people = [.. shown.Select(lease => lease.PersonId).Distinct()];
        long[] cases = [.. shown.Select(lease => lease.CaseNumber).Distinct()];
        var known = await db.Set<Moderator>().Where(person => people.Contains(person.Id))
            .Select(person => new
            {
                person.Id,
                person.TeamId,
                Seen = db.Set<WorkShift>().Where(shift => shift.PersonId == person.Id).Max(shift => (DateTimeOffset?)shift.SeenAt),
            }).ToDictionaryAsync(person => person.Id, cancellationToken).ConfigureAwait(false);
        foreach (var person in known.Values)
        {
            if (person.Seen is not { } seen || now - seen > BetweenShifts)
            {
                // Not a second one where two cases come onto a screen in one write.
                if (!db.Set<WorkShift>().Local.Any(shift => shift.PersonId == person.Id && shift.StartedAt == now))
                {
                    db.Add(new WorkShift { PersonId = person.Id, TeamId = person.TeamId, StartedAt = now, SeenAt = now });
                }
            }
            else if (now - seen >= s_seen)
            {
                (await db.Set<WorkShift>().Where(shift => shift.PersonId == person.Id).OrderByDescending(shift => shift.StartedAt)
                    .FirstAsync(cancellationToken).ConfigureAwait(false)).SeenAt = now;
            }
        }

        List<long> severe = await db.Set<Case>().Severe().Where(about => cases.Contains(about.Number)).Select(about => about.Number)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. shown.Where(lease => known.ContainsKey(lease.PersonId) && severe.Contains(lease.CaseNumber))];
    }

    private static async Task<List<SevereTime>> RunningAsync(ConsoleDbContext db, List<ActiveLease> leases, CancellationToken cancellationToken)
    {
        if (leases.Count == 0)
        {
            return [];
        }

        long[] tasks = [.. leases.Select(lease => lease.TaskNumber)];
        HashSet<(long, long)> draws = [.. leases.Select(lease => (lease.TaskNumber, lease.Fence))];
        List<SevereTime> open = await db.Set<SevereTime>().Where(row => tasks.Contains(row.TaskNumber) && row.Open).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. open.Where(row => draws.Contains((row.TaskNumber, row.Fence)))];
    }

    private static SevereTime Begin(ActiveLease lease, DateTimeOffset now) =>
        new() { PersonId = lease.PersonId, TaskNumber = lease.TaskNumber, Fence = lease.Fence, Since = now, Until = now, Open = true };
}

/// <summary>Reads a stretch.</summary>
internal static class SevereTimes
{
    /// <summary>Until when it counts at a time: an open one goes on for a while after the last sign of life.</summary>
    public static DateTimeOffset UntilAt(this SevereTime row, DateTimeOffset now, TimeSpan reach) =>
        !row.Open || now <= row.Until ? row.Until : now <= row.Until + reach ? now : row.Until + reach;
}
