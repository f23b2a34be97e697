using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>What one look at the outbox found.</summary>
/// <param name="Events">New events, those that committed late before the others.</param>
/// <param name="Missed">Whether there was more than can be caught up with: whoever watches reads anew what it shows.</param>
/// <param name="More">Whether more waits to be read at once.</param>
internal sealed record OutboxRead(IReadOnlyList<OutboxEvent> Events, bool Missed, bool More)
{
    public static readonly OutboxRead Nothing = new([], false, false);
}

/// <summary>
/// How far a node has read the outbox. On servers numbers are given before they commit, so a number may be seen before a
/// smaller one: what is left out is remembered, and looked for until its transaction has certainly ended.
/// </summary>
internal sealed class OutboxCursor(DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>A node this far behind reads no more of it one by one.</summary>
    internal const int MostBehind = 10_000;

    /// <summary>A node that did not look for so long cannot know what was trimmed meanwhile.</summary>
    internal static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(30);

    private const int BatchSize = 500;

    // How far back a node that starts looks for what is still under way.
    private const int LookBack = 1_000;

    private readonly OutboxGaps _gaps = new(provider, clock);
    private long? _seen;
    private long _readAt;
    private DateTimeOffset _readAtTime;

    /// <summary>How many numbers are still looked for.</summary>
    public int Gaps => _gaps.Count;

    /// <summary>Reads what is new. The first time it only notes where the outbox ends.</summary>
    public async Task<OutboxRead> ReadAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        // By either clock: one of them may stand still while the machine sleeps.
        bool slept = _seen is not null && (clock.GetElapsedTime(_readAt) > LongestSleep || clock.GetUtcNow() - _readAtTime > LongestSleep);
        (_readAt, _readAtTime) = (clock.GetTimestamp(), clock.GetUtcNow());
        if (_seen is not { } seen || slept)
        {
            await BeginAsync(db, cancellationToken).ConfigureAwait(false);
            return slept ? new OutboxRead([], true, false) : OutboxRead.Nothing;
        }

        List<OutboxEvent> found = await _gaps.FillAsync(db, cancellationToken).ConfigureAwait(false);
        List<OutboxEvent> batch = await db.Unlocked<OutboxEvent>().AsNoTracking()
            .Where(row => row.Sequence > seen).OrderBy(row => row.Sequence).Take(BatchSize)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        bool more = batch.Count == BatchSize;
        if (more && await db.Unlocked<OutboxEvent>().MaxAsync(row => row.Sequence, cancellationToken).ConfigureAwait(false) - seen > MostBehind)
        {
            await BeginAsync(db, cancellationToken).ConfigureAwait(false);
            return new OutboxRead([], true, false);
        }

        foreach (OutboxEvent row in batch)
        {
            _gaps.Note(Math.Max(seen + 1, row.Sequence - LookBack), row.Sequence);
            seen = row.Sequence;
        }

        _seen = seen;
        return new OutboxRead([.. found, .. batch], false, more);
    }

    private async Task BeginAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        _gaps.Clear();
        long last = await db.Unlocked<OutboxEvent>().MaxAsync(row => (long?)row.Sequence, cancellationToken).ConfigureAwait(false) ?? 0;
        List<long> recent = await db.Unlocked<OutboxEvent>().Where(row => row.Sequence > last - LookBack && row.Sequence <= last).OrderBy(row => row.Sequence)
            .Select(row => row.Sequence).ToListAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < recent.Count; i++)
        {
            _gaps.Note(i == 0 ? Math.Max(1, last - LookBack + 1) : recent[i - 1] + 1, recent[i]);
        }

        _seen = last;
    }
}
