using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Retention;

/// <summary>A class that is one table, whose rows are old by a time of their own.</summary>
/// <param name="old">Of a context, the rows older than a time, ordered.</param>
public sealed class AgedRows<T>(string name, int defaultDays, int leastDays, Func<ConsoleDbContext, DateTimeOffset, IQueryable<T>> old) : IRecordClass
    where T : class
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public int DefaultDays => defaultDays;

    /// <inheritdoc />
    public int LeastDays => leastDays;

    /// <inheritdoc />
    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.RemoveAllAsync(scope => old(scope.Db, before), cancellationToken);
    }
}

/// <summary>The outbox, which every node reads within seconds. It has no index by time: it is read from its beginning.</summary>
internal sealed class OutboxClass : IRecordClass
{
    public string Name => RecordClasses.Events;

    public int DefaultDays => 7;

    public int LeastDays => 1;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            var first = await pass.ReadAsync(
                db => db.Set<OutboxEvent>().AsNoTracking().OrderBy(row => row.Sequence).Take(RetentionPass.RowsAtOnce)
                    .Select(row => new { row.Sequence, row.At }).ToListAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            var old = first.TakeWhile(row => row.At < before).ToList();
            if (old.Count == 0)
            {
                return;
            }

            long last = old[^1].Sequence;
            await pass.BatchAsync(
                (scope, cancel) => scope.Db.Set<OutboxEvent>().Where(row => row.Sequence <= last).ExecuteDeleteAsync(cancel), cancellationToken).ConfigureAwait(false);
        }
    }
}
