using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Nodes that share a database server, each with a row that it beats. No clocks are compared, as with duties: a node's term ends by
/// its own stopwatch before any other may strike it off by theirs.
/// </summary>
public sealed class DatabasePresence(
    IDbContextFactory<ConsoleDbContext> contexts, IEnumerable<IDeadNodeHeir> heirs, WritePath writes, TimeProvider clock, ILogger<DatabasePresence> log)
    : NodePresence(heirs, writes, clock, log)
{
    /// <summary>How long a node may work without a sign of life. A server that is away for a moment interrupts nobody.</summary>
    internal static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);

    /// <summary>How long others watch a beat that stands still.</summary>
    internal static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(10);

    // Whoever has not looked for that long saw nothing stand still.
    private static readonly TimeSpan s_blind = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock = clock;
    private readonly Dictionary<string, (long Beat, long SeenAt)> _seen = new(StringComparer.Ordinal);
    private long _looked;

    /// <inheritdoc />
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await BeatAsync(db, cancellationToken).ConfigureAwait(false))
            {
                await BeginAnewAsync(db, cancellationToken).ConfigureAwait(false);
            }

            if (_clock.GetElapsedTime(_looked) > s_blind)
            {
                _seen.Clear();
            }

            List<NodeLease> rows = await db.Set<NodeLease>().AsNoTracking().Where(row => row.Name.StartsWith(NodeLease.OfNode)).ToListAsync(cancellationToken).ConfigureAwait(false);
            _looked = _clock.GetTimestamp();
            foreach (NodeLease row in rows.Where(row => row.Holder != Last?.Holder && StandsStill(row)))
            {
                await BuryAsync(row.Holder, (scope, cancel) => StrikeAsync(scope.Db, row.Name, row.Beat, cancel), cancellationToken).ConfigureAwait(false);
                _seen.Remove(row.Name);
            }
        }
    }

    /// <inheritdoc />
    protected override Task LeaveAsync(CancellationToken cancellationToken) => Last is { } term
        ? BuryAsync(term.Holder, (scope, cancel) => StrikeAsync(scope.Db, term.Name, null, cancel), cancellationToken)
        : Task.CompletedTask;

    // False when the term is over, or when another struck this node off while it stood still.
    private async Task<bool> BeatAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        if (Term is not { } term)
        {
            return false;
        }

        long from = _clock.GetTimestamp();
        DateTimeOffset now = _clock.Now();
        if (await db.Set<NodeLease>().Where(row => row.Name == term.Name)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Beat, one => one.Beat + 1).SetProperty(one => one.BeatAt, now), cancellationToken)
            .ConfigureAwait(false) == 0)
        {
            return false;
        }

        term.Prolong(from, Lasts);
        return true;
    }

    // Under another name: what was taken under the old one was given up, and is let go of.
    private async Task BeginAnewAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        DutyTerm? last = Last;
        End();
        if (last is not null)
        {
            await BuryAsync(last.Holder, (scope, cancel) => StrikeAsync(scope.Db, last.Name, null, cancel), cancellationToken).ConfigureAwait(false);
        }

        Guid me = Guid.CreateVersion7();
        long from = _clock.GetTimestamp();
        NodeLease row = new() { Name = $"{NodeLease.OfNode}{me:N}", Holder = me, Fence = 1, BeatAt = _clock.Now(), Node = NodeLease.ThisProcess };
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        DutyTerm term = new(row.Name, me, row.Fence, _clock);
        term.Prolong(from, Lasts);
        Begin(term);
    }

    private bool StandsStill(NodeLease row)
    {
        if (_seen.TryGetValue(row.Name, out (long Beat, long SeenAt) seen) && seen.Beat == row.Beat)
        {
            return _clock.GetElapsedTime(seen.SeenAt) >= DeadAfter;
        }

        _seen[row.Name] = (row.Beat, _clock.GetTimestamp());
        return false;
    }

    // Only the node as it was found dead: one that has beaten since lives.
    private static async Task<bool> StrikeAsync(ConsoleDbContext db, string name, long? beat, CancellationToken cancellationToken) =>
        await db.Set<NodeLease>().Where(row => row.Name == name && (beat == null || row.Beat == beat)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0;
}
