using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>Tells people again when half, and four fifths, of an emergency's time are over and nobody has answered; once each, whichever node looks.</summary>
public sealed class WatchEmergencyClocks(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, EmergencyAlerts alerts, NodeDuties nodes, TimeProvider clock, ILogger<WatchEmergencyClocks> log)
    : PeriodicWork(TimeSpan.FromSeconds(2), nodes, clock, log)
{
    private static readonly AlertKind[] s_kinds = [AlertKind.HalfGone, AlertKind.NearlyGone];

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (AlertKind kind in s_kinds)
        {
            List<Guid> due;
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                due = await Due(db, kind, _clock.Now()).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (Guid raised in due)
            {
                await writes.RunAsync((scope, token) => TellAsync(scope, raised, kind, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IQueryable<Escalation> Due(ConsoleDbContext db, AlertKind kind, DateTimeOffset now)
    {
        DateTimeOffset raisedBefore = now - EmergencyClock.At(kind);
        return db.OpenEmergencies().Where(row => row.AskedAt <= raisedBefore && row.AcknowledgedAt == null && !db.Set<OnCallAlert>().Any(alert => alert.EscalationId == row.Id && alert.Kind == kind));
    }

    private async Task<bool> TellAsync(WriteScope scope, Guid id, AlertKind kind, CancellationToken cancellationToken)
    {
        // Asked again inside the write: another node may have told, or someone answered.
        if (await Due(scope.Db, kind, scope.Now).SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false) is not { } raised)
        {
            return false;
        }

        await alerts.TellAsync(scope, raised, kind, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
