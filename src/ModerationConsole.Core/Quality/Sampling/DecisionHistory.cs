using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A decision of the past with how many it stands for.</summary>
internal sealed record PastDecision(DecidedFacts Facts, double Stands);

/// <summary>The decisions of the last 28 days: what a plan's yield is foretold from.</summary>
internal static class DecisionHistory
{
    public const int Days = 28;

    /// <summary>Most decisions that are read; of more, so many of each part of the time stand for the others.</summary>
    public const int MostRead = 20_000;

    private const int Parts = 168;

    public static async Task<List<PastDecision>> ReadAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken, int most = MostRead)
    {
        DateTimeOffset from = now.AddDays(-Days);
        List<DecidedRow> all = await Between(db, from, now).Take(most + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (all.Count <= most)
        {
            return [.. all.Select(row => new PastDecision(row.Facts(row.Severity), 1))];
        }

        // Parts of four hours, so that nights and week-ends weigh what they weigh.
        List<PastDecision> some = [];
        TimeSpan length = (now - from) / Parts;
        for (int part = 0; part < Parts; part++)
        {
            DateTimeOffset begin = from + (length * part);
            DateTimeOffset end = part == Parts - 1 ? now : begin + length;
            List<DecidedRow> rows = await Between(db, begin, end).Take(Math.Max(1, most / Parts)).ToListAsync(cancellationToken).ConfigureAwait(false);
            int count = await Between(db, begin, end).CountAsync(cancellationToken).ConfigureAwait(false);
            some.AddRange(rows.Select(row => new PastDecision(row.Facts(row.Severity), (double)count / rows.Count)));
        }

        return some;
    }

    private static IQueryable<DecidedRow> Between(ConsoleDbContext db, DateTimeOffset from, DateTimeOffset to) =>
        db.Drawable().Where(row => row.DecidedAt >= from && row.DecidedAt < to).OrderBy(row => row.DecidedAt);
}
