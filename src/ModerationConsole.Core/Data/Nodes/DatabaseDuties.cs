using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Duties of nodes that share a database server. A holder counts its term from before each sign of life, the others count from
/// when they saw it, so a term is over before it can be taken, however the clocks of the nodes are set.
/// </summary>
public sealed partial class DatabaseDuties(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock, ILogger<DatabaseDuties> log)
    : NodeDuties(clock, log)
{
    /// <summary>How often the holder shows life.</summary>
    internal static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a term lasts without.</summary>
    internal static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2.5);

    /// <summary>How long others watch a beat that stands still before they take over. With their looking it comes to 4 s.</summary>
    internal static readonly TimeSpan TakenAfter = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock = clock;
    private readonly ILogger _log = log;
    private readonly Guid _me = Guid.CreateVersion7();
    private readonly Dictionary<string, long> _beaten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Fence, long Beat, long SeenAt)> _seen = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override async Task<bool> HoldsAsync(DutyTerm term, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.HoldsAsync(term, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override async Task LookAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken)
    {
        if (duties.Count == 0)
        {
            return;
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Dictionary<string, NodeLease> rows = await db.Set<NodeLease>().AsNoTracking().ToDictionaryAsync(row => row.Name, cancellationToken).ConfigureAwait(false);
            foreach (NodeDuty duty in duties)
            {
                NodeLease? row = rows.GetValueOrDefault(duty.Name);
                if (row?.Holder == _me)
                {
                    await BeatAsync(db, duty, row, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                if (duty.Last is { } lost)
                {
                    LogLost(duty.Name, lost.Fence);
                    duty.End();
                }

                if (row is null || row.Holder == Guid.Empty || StandsStill(row))
                {
                    await TakeAsync(db, duty, row, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <inheritdoc />
    protected override async Task GiveUpAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken)
    {
        foreach (NodeDuty duty in duties)
        {
            duty.End();
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            await db.Set<NodeLease>().Where(row => row.Holder == _me)
                .ExecuteUpdateAsync(row => row.SetProperty(lease => lease.Holder, Guid.Empty), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(ConsoleDbContext db, NodeDuty duty, NodeLease row, CancellationToken cancellationToken)
    {
        if (duty.Term is not null && _beaten.TryGetValue(duty.Name, out long last) && _clock.GetElapsedTime(last) < BeatEvery)
        {
            return;
        }

        long from = _clock.GetTimestamp();
        DateTimeOffset now = _clock.Now();
        int beaten = await db.Set<NodeLease>().Where(lease => lease.Name == duty.Name && lease.Holder == _me && lease.Fence == row.Fence)
            .ExecuteUpdateAsync(lease => lease.SetProperty(one => one.Beat, one => one.Beat + 1).SetProperty(one => one.BeatAt, now), cancellationToken)
            .ConfigureAwait(false);
        if (beaten == 1)
        {
            Hold(duty, row.Fence, from);
        }
        else
        {
            duty.End();
        }
    }

    // By this node's stopwatch since it first saw this very beat.
    private bool StandsStill(NodeLease row)
    {
        if (_seen.TryGetValue(row.Name, out (long Fence, long Beat, long SeenAt) seen) && (seen.Fence, seen.Beat) == (row.Fence, row.Beat))
        {
            return _clock.GetElapsedTime(seen.SeenAt) >= TakenAfter;
        }

        _seen[row.Name] = (row.Fence, row.Beat, _clock.GetTimestamp());
        return false;
    }

    private async Task TakeAsync(ConsoleDbContext db, NodeDuty duty, NodeLease? row, CancellationToken cancellationToken)
    {
        long from = _clock.GetTimestamp();
        DateTimeOffset now = _clock.Now();
        if (row is null)
        {
            db.Add(new NodeLease { Name = duty.Name, Holder = _me, Fence = 1, BeatAt = now, Node = NodeLease.ThisProcess });
            try
            {
                await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                Hold(duty, 1, from);
            }
            catch (DbUpdateException error) when (WriteConflict.Is(error))
            {
                // Another node was quicker.
                db.ChangeTracker.Clear();
            }

            return;
        }

        long fence = row.Fence + 1;
        int taken = await db.Set<NodeLease>().Where(lease => lease.Name == row.Name && lease.Fence == row.Fence && lease.Beat == row.Beat && lease.Holder == row.Holder)
            .ExecuteUpdateAsync(
                lease => lease.SetProperty(one => one.Holder, _me).SetProperty(one => one.Fence, fence).SetProperty(one => one.Beat, 0L)
                    .SetProperty(one => one.BeatAt, now).SetProperty(one => one.Node, NodeLease.ThisProcess),
                cancellationToken).ConfigureAwait(false);
        if (taken == 1)
        {
            LogTaken(duty.Name, fence);
            Hold(duty, fence, from);
        }
    }

    private void Hold(NodeDuty duty, long fence, long from)
    {
        _beaten[duty.Name] = from;
        DutyTerm? term = duty.Term;
        if (term is null)
        {
            duty.End();
            term = new DutyTerm(duty.Name, _me, fence, _clock);
            term.Prolong(from, Lasts);
            duty.Begin(term);
            return;
        }

        term.Prolong(from, Lasts);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This node does '{Duty}' for all from now on (fence {Fence})")]
    private partial void LogTaken(string duty, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another node has taken '{Duty}' over; this one had it with fence {Fence}")]
    private partial void LogLost(string duty, long? fence);
}
