using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>
/// Whether more may be promised. Asked of the database once a second at most, so the limit may be passed by what comes in that
/// long; one request pays for the asking while others go by the last answer.
/// </summary>
public sealed class ArrivalRoom(IDbContextFactory<ConsoleDbContext> contexts, IOptions<IntakeOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(1);

    private volatile Known? _known;
    private int _asking;

    /// <summary>Whether as much waits as may.</summary>
    public async ValueTask<bool> IsFullAsync(CancellationToken cancellationToken)
    {
        Known? known = _known;
        if (known is not null && (clock.GetElapsedTime(known.At) < s_memory || Interlocked.Exchange(ref _asking, 1) != 0))
        {
            return known.IsFull;
        }

        try
        {
            long at = clock.GetTimestamp();
            _known = known = new Known(await AskAsync(cancellationToken).ConfigureAwait(false), at);
            return known.IsFull;
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        int limit = options.Value.InboxLimit;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // Numbers are given once, so there are never more rows than numbers between the first and the last: two looks at the
            // ends of the key mostly say enough.
            IQueryable<long> numbers = db.Set<Arrival>().Select(row => row.Number);
            long? first = await numbers.OrderBy(number => number).Select(number => (long?)number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            long? last = await numbers.OrderByDescending(number => number).Select(number => (long?)number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return last - first + 1 >= limit && await numbers.OrderBy(number => number).Take(limit).CountAsync(cancellationToken).ConfigureAwait(false) >= limit;
        }
    }

    private sealed record Known(bool IsFull, long At);
}
