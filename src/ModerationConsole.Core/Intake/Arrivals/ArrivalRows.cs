using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>What happens to the rows of promised items.</summary>
internal static class ArrivalRows
{
    /// <summary>Turns promises into cases, in the transaction that ends them. False, with nothing changed, if that has to be looked at again.</summary>
    public static async Task<bool> TakeInAsync(
        this WriteScope scope, DutyTerm? term, IReadOnlyList<ReadArrival> arrivals, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        if (term is not null && !await scope.Db.HoldsAsync(term, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        long[] numbers = [.. arrivals.Select(row => row.Number)];
        AcceptedItem[] items = [.. arrivals.SelectMany(row => row.Items)];
        Dictionary<long, int> promised = await scope.Db.Set<Arrival>().Where(row => numbers.Contains(row.Number)).Select(row => new { row.Number, row.Items })
            .ToDictionaryAsync(row => row.Number, row => row.Items, cancellationToken).ConfigureAwait(false);
        if (await scope.Db.Set<Arrival>().Where(row => numbers.Contains(row.Number)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) != numbers.Length
            || arrivals.Any(row => promised.GetValueOrDefault(row.Number, -1) != row.Promised))
        {
            // Taken in elsewhere, or an account's items were erased from it since it was read.
            scope.Discard();
            return false;
        }

        if (arrivals.Sum(row => row.Promised) != items.Length)
        {
            throw new InvalidOperationException("Promised items cannot be read any more.");
        }

        ItemsOutcome outcome = await scope.TakeInAsync(arrivals[0].Sender, items, CaseSource.Item, catalog, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(outcome, ItemsOutcome.Stale))
        {
            scope.Discard();
            return false;
        }

        return true;
    }

    /// <summary>Puts a request out of the way that the console fails at.</summary>
    public static async Task<bool> SetAsideAsync(this WriteScope scope, long number, Exception error, CancellationToken cancellationToken)
    {
        Arrival? row = await scope.Db.Set<Arrival>().AsTracking().SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            return false;
        }

        scope.Db.Remove(row);
        string fault = error.GetType().Name;
        scope.Db.Add(new SetAsideArrival
        {
            Number = row.Number,
            SenderKind = row.SenderKind,
            SenderId = row.SenderId,
            Items = row.Items,
            Size = row.Size,
            Body = row.Body,
            At = row.At,
            SetAsideAt = scope.Now,
            Fault = fault[..Math.Min(fault.Length, TextLength.Id)],
        });
        return true;
    }

    /// <summary>Lets everything that was set aside wait again: whatever failed at it may have been mended.</summary>
    public static async Task<int> TryAgainAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        const int AtOnce = 100;
        List<SetAsideArrival> rows = await scope.Db.Set<SetAsideArrival>().AsTracking().OrderBy(row => row.Number).Take(AtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (SetAsideArrival row in rows)
        {
            scope.Db.Remove(row);
            scope.Append(new Arrival { SenderKind = row.SenderKind, SenderId = row.SenderId, Items = row.Items, Size = row.Size, Body = row.Body, At = row.At });
        }

        return rows.Count;
    }

    /// <summary>Takes single items out of rows, and rows that have none left. Returns how many items went.</summary>
    /// <param name="unreadable">Whether rows go, too, that cannot be read at all.</param>
    public static async Task<int> TakeOutAsync<T>(
        this WriteScope scope, IReadOnlyList<long> numbers, Func<T, ArrivedItem, bool> goes, bool unreadable, CancellationToken cancellationToken)
        where T : ArrivalRow
    {
        ItemCatalog catalog = await ItemCatalog.LoadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        List<T> rows = await scope.Db.Set<T>().AsNoTracking().Where(row => numbers.Contains(row.Number)).ToListAsync(cancellationToken).ConfigureAwait(false);
        int gone = 0;
        foreach (T row in rows)
        {
            using ArrivalBody body = ArrivalBody.Open(row.Body, catalog);
            ArrivedItem[] kept = [.. body.Items.Where(item => !goes(row, item))];
            IQueryable<T> same = scope.Db.Set<T>().Where(one => one.Number == row.Number);
            if (body.Items.Count == 0 ? unreadable : kept.Length == 0)
            {
                await same.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                gone += row.Items;
            }
            else if (kept.Length < body.Items.Count)
            {
                byte[] left = ArrivalBody.Join([.. kept.Select(item => item.Json)]);
                await same.ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Items, kept.Length).SetProperty(one => one.Size, left.Length).SetProperty(one => one.Body, left),
                    cancellationToken).ConfigureAwait(false);
                gone += body.Items.Count - kept.Length;
            }
        }

        return gone;
    }
}
