using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Retention;

/// <summary>
/// Carries out the batches of a run. Each is an operation of its own on the write path, so that a claim waits for one batch at
/// most; what to remove is looked for outside of it and looked at again inside.
/// </summary>
/// <param name="term">In which this node has the duty; a batch outside of it removes nothing. Null where nobody else can have it.</param>
public sealed class RetentionPass(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, Func<CancellationToken, Task>? afterBatch = null, DutyTerm? term = null)
{
    /// <summary>How many rows of a simple table a batch removes at most.</summary>
    public const int RowsAtOnce = 400;

    /// <summary>How many cases a batch removes at most, with all that belongs to them.</summary>
    public const int CasesAtOnce = 10;

    /// <summary>How many rows, cases or files were removed.</summary>
    public long Removed { get; private set; }

    /// <summary>How many batches it took.</summary>
    public int Batches { get; private set; }

    /// <summary>Reads outside of any batch.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await read(db).ConfigureAwait(false);
        }
    }

    /// <summary>Runs one batch, which returns how much it removed.</summary>
    public async Task<int> BatchAsync(Func<WriteScope, CancellationToken, Task<int>> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int removed = await writes.RunAsync(
            async (scope, cancel) =>
            {
                // Asked where it counts: this node may have slept since it last looked.
                if (term is not null && !await scope.Db.HoldsAsync(term, cancel).ConfigureAwait(false))
                {
                    throw new InvalidOperationException("Another node has the duty.");
                }

                return await batch(scope, cancel).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        Removed += removed;
        Batches++;
        if (afterBatch is not null)
        {
            await afterBatch(cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>Removes rows of a simple table until none is left that is old enough.</summary>
    /// <param name="old">The rows, ordered; so many at once are removed as a batch takes.</param>
    public async Task RemoveAllAsync<T>(Func<WriteScope, IQueryable<T>> old, CancellationToken cancellationToken)
        where T : class
    {
        int removed;
        do
        {
            removed = await BatchAsync((scope, cancel) => old(scope).Take(RowsAtOnce).ExecuteDeleteAsync(cancel), cancellationToken).ConfigureAwait(false);
        }
        while (removed == RowsAtOnce);
    }

    /// <summary>Goes through keys a page at a time and hands them to batches.</summary>
    /// <param name="find">Finds the next keys after one, in their order, outside of any batch.</param>
    /// <param name="remove">Looks at keys again and removes what may be; returns how many.</param>
    public async Task WalkAsync(
        Func<ConsoleDbContext, long, Task<List<long>>> find, Func<WriteScope, IReadOnlyList<long>, CancellationToken, Task<int>> remove, int atOnce,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(find);
        long after = long.MinValue;
        while (await ReadAsync(db => find(db, after), cancellationToken).ConfigureAwait(false) is { Count: > 0 } keys)
        {
            after = keys[^1];
            foreach (long[] some in keys.Chunk(atOnce))
            {
                await BatchAsync((scope, cancel) => remove(scope, some, cancel), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>Lets a batch delete append-only rows: nothing else can, because the triggers look for what only a batch writes and never commits.</summary>
public static class AppendOnlyRemoval
{
    /// <summary>Deletes append-only rows inside a batch. Updates stay refused, and so does every change to leaves, tiles and heads.</summary>
    public static async Task<int> RemoveAppendOnlyAsync<T>(this WriteScope scope, IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, IAppendOnly
    {
        ArgumentNullException.ThrowIfNull(scope);
        Guid id = Guid.CreateVersion7();
        await scope.Db.Database.ExecuteSqlAsync($"INSERT INTO retention_opening (\"Id\") VALUES ({id})", cancellationToken).ConfigureAwait(false);
        int removed = await rows.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<RetentionOpening>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return removed;
    }
}
