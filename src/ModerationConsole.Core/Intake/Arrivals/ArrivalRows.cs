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
        var promised = await scope.Db.Set<Arrival>().Where(row => numbers.Contains(row.Number)).Select(row => row.Items)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (await scope.Db.Set<Arrival>().Where(row => numbers.Contains(row.Number)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) != numbers.Length
            || promised.Count != numbers.Length)
        {
            scope.Discard();
            return false;
        }

        if (promised.Sum() != items.Length)
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
}
