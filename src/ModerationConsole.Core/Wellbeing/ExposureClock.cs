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
            EntityEntry<ActiveLease>[] changed = [.. db.ChangeTracker.Entries<ActiveLease>().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)];
            foreach (EntityEntry<ActiveLease> entry in changed)
            {
                bool wasShown = entry.State != EntityState.Added && entry.OriginalValues.GetValue<LeaseSlot>(nameof(ActiveLease.Slot)) == LeaseSlot.Shown;
                bool isShown = entry.State != EntityState.Deleted && entry.Entity.Slot == LeaseSlot.Shown;
                if (isShown && !wasShown)
                {
                    await StartAsync(db, entry.Entity, clock.Now(), cancellationToken).ConfigureAwait(false);
                }
                else if (wasShown && !isShown)
                {
                    await StopAsync(db, entry.Entity, clock.Now(), cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return result;
    }

    /// <inheritdoc />
    public async Task AtWorkAsync(WriteScope scope, Guid personId, IReadOnlyList<ActiveLease> shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(shown);
        foreach (ActiveLease lease in shown)
        {
            if (!await SeenAsync(scope.Db, lease, scope.Now, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            SevereTime? running = await RunningAsync(scope.Db, lease, cancellationToken).ConfigureAwait(false);
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

    private static async Task StartAsync(ConsoleDbContext db, ActiveLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await SeenAsync(db, lease, now, cancellationToken).ConfigureAwait(false))
        {
            db.Add(Begin(lease, now));
        }
    }

    private async Task StopAsync(ConsoleDbContext db, ActiveLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await RunningAsync(db, lease, cancellationToken).ConfigureAwait(false) is { } running)
        {
            running.Until = running.UntilAt(now, Reach);
            running.Open = false;
        }
    }

    // Notes that the person works, and answers whether the case is severe.
    private static async Task<bool> SeenAsync(ConsoleDbContext db, ActiveLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid personId = lease.PersonId;
        var facts = await db.Set<Moderator>().Where(person => person.Id == personId)
            .Select(person => new
            {
                person.TeamId,
                Severe = db.Set<Case>().Severe().Any(about => about.Number == lease.CaseNumber),
                Seen = db.Set<WorkShift>().Where(shift => shift.PersonId == personId).Max(shift => (DateTimeOffset?)shift.SeenAt),
            }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (facts is null)
        {
            return false;
        }

        if (facts.Seen is not { } seen || now - seen > BetweenShifts)
        {
            // Not a second one where two cases come onto a screen in one write.
            if (!db.Set<WorkShift>().Local.Any(shift => shift.PersonId == personId && shift.StartedAt == now))
            {
                db.Add(new WorkShift { PersonId = personId, TeamId = facts.TeamId, StartedAt = now, SeenAt = now });
            }
        }
        else if (now - seen >= s_seen)
        {
            (await db.Set<WorkShift>().Where(shift => shift.PersonId == personId).OrderByDescending(shift => shift.StartedAt)
                .FirstAsync(cancellationToken).ConfigureAwait(false)).SeenAt = now;
        }

        return facts.Severe;
    }

    private static Task<SevereTime?> RunningAsync(ConsoleDbContext db, ActiveLease lease, CancellationToken cancellationToken) =>
        db.Set<SevereTime>().SingleOrDefaultAsync(row => row.TaskNumber == lease.TaskNumber && row.Fence == lease.Fence && row.Open, cancellationToken);

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
