using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>
/// Numbers that were passed over because nothing with them had committed yet. PostgreSQL tells exactly when none of them can
/// come any more; on SQL Server they are looked for longer than any of the console's transactions lasts. The embedded database
/// has one writer, and no gaps that fill.
/// </summary>
internal sealed class OutboxGaps(DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>How long SQL Server's are looked for.</summary>
    internal static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

    private const int AtOnce = 500;

    // A number is drawn a moment before its transaction shows itself to others.
    private static readonly TimeSpan s_shown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_young = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Gap> _gaps = [];
    private long _lookedAt;

    public int Count => _gaps.Count;

    public void Clear() => _gaps.Clear();

    /// <summary>Remembers the numbers from <paramref name="from"/> on and below <paramref name="below"/>.</summary>
    public void Note(long from, long below)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return;
        }

        for (long number = from; number < below; number++)
        {
            _gaps.TryAdd(number, new Gap(clock.GetTimestamp()));
        }
    }

    /// <summary>Reads those that have committed since, and forgets those that never will.</summary>
    public async Task<List<OutboxEvent>> FillAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        List<OutboxEvent> found = [];
        if (_gaps.Count == 0 || (clock.GetElapsedTime(_lookedAt) < s_every && !_gaps.Values.Any(gap => clock.GetElapsedTime(gap.Since) < s_young)))
        {
            return found;
        }

        _lookedAt = clock.GetTimestamp();
        // Asked before the rows are read: what had ended by then is there by then.
        (long oldest, long next) = await TransactionsAsync(db, cancellationToken).ConfigureAwait(false);
        foreach (long[] numbers in _gaps.Keys.ToArray().Chunk(AtOnce))
        {
            found.AddRange(await db.Unlocked<OutboxEvent>().AsNoTracking().Where(row => numbers.Contains(row.Sequence))
                .ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        foreach (OutboxEvent row in found)
        {
            _gaps.Remove(row.Sequence);
        }

        foreach ((long number, Gap gap) in _gaps.ToArray())
        {
            Judge(number, gap, oldest, next);
        }

        found.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return found;
    }

    private void Judge(long number, Gap gap, long oldest, long next)
    {
        TimeSpan age = clock.GetElapsedTime(gap.Since);
        if (provider != DatabaseProvider.PostgreSql)
        {
            if (age > LongestWrite)
            {
                _gaps.Remove(number);
            }
        }
        else if (gap.EndsBefore is { } end)
        {
            // Every transaction that could hold the number began before that one, and all of those are over.
            if (oldest >= end)
            {
                _gaps.Remove(number);
            }
        }
        else if (age >= s_shown)
        {
            _gaps[number] = gap with { EndsBefore = next };
        }
    }

    private async Task<(long Oldest, long Next)> TransactionsAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        if (provider != DatabaseProvider.PostgreSql)
        {
            return default;
        }

        List<long> ends = await db.Database.SqlQueryRaw<long>(
            """
            SELECT unnest(ARRAY[pg_snapshot_xmin(now.s)::text::bigint, pg_snapshot_xmax(now.s)::text::bigint]) AS "Value"
            FROM (SELECT pg_current_snapshot() AS s) AS now
            """).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (ends[0], ends[1]);
    }

    private sealed record Gap(long Since, long? EndsBefore = null);
}
