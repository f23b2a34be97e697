using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>An arrival, and its items as they are understood now.</summary>
/// <param name="Promised">How many items its row had when it was read.</param>
internal sealed record ReadArrival(long Number, Caller Sender, int Promised, IReadOnlyList<AcceptedItem> Items);

/// <summary>Picks what can be taken in together.</summary>
internal static class ArrivalBatch
{
    /// <summary>Most items that are taken in by one transaction, unless a single request has more.</summary>
    internal const int MostItems = 200;

    private const int MostBytes = 4_000_000;

    /// <summary>
    /// Those that wait longest, with the same effect together as one after the other: of one sender, and no item in two of them,
    /// because a later version of an item replaces the one before it.
    /// </summary>
    public static async Task<IReadOnlyList<ReadArrival>> ReadAsync(
        this IDbContextFactory<ConsoleDbContext> contexts, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        List<Arrival> rows;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var waiting = await db.Set<Arrival>().AsNoTracking().OrderBy(row => row.Number).Take(MostItems)
                .Select(row => new { row.Number, row.SenderId, row.Items, row.Size }).ToListAsync(cancellationToken).ConfigureAwait(false);
            (int items, int bytes) = (0, 0);
            long[] numbers =
            [
                .. waiting.TakeWhile((row, place) =>
                    ((items += row.Items) <= MostItems & (bytes += row.Size) <= MostBytes & row.SenderId == waiting[0].SenderId) || place == 0)
                    .Select(row => row.Number),
            ];
            rows = numbers.Length == 0 ? [] : await db.Set<Arrival>().AsNoTracking().Where(row => numbers.Contains(row.Number)).OrderBy(row => row.Number)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        HashSet<(string TypeId, string ItemId)> seen = [];
        List<ReadArrival> together = new(rows.Count);
        foreach (Arrival row in rows)
        {
            IReadOnlyList<AcceptedItem> read = Parse(row, catalog);
            (string, string)[] names = [.. read.Select(item => (item.Type.Id, item.Id)).Distinct()];
            if (names.Any(seen.Contains))
            {
                break;
            }

            seen.UnionWith(names);
            together.Add(new ReadArrival(row.Number, row.Sender, row.Items, read));
        }

        return together;
    }

    // An arrival whose items cannot be read has none here: it fails alone when it is taken in, and not in the reading of others.
    private static List<AcceptedItem> Parse(Arrival row, ItemCatalog catalog)
    {
        using ArrivalBody body = ArrivalBody.Open(row.Body, catalog);
        return [.. body.Items.Select(item => item.Read).OfType<AcceptedItem>()];
    }
}
