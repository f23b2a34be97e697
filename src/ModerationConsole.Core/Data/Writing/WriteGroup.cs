using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Makes operations durable, as many in one transaction as wait together. If one of them throws or changes its mind, the
/// transaction rolls back and each runs in one of its own, so that none pays for another.
/// </summary>
public sealed partial class WriteGroup(
    IDbContextFactory<ConsoleDbContext> contexts, DatabaseOptions options, WriteReceipts receipts, ILogWriter logs, TimeProvider clock,
    IEnumerable<ICommitListener> listeners, ILogger<WriteGroup> log)
{
    /// <summary>Operations that share a transaction at most.</summary>
    internal const int Largest = 64;

    private const int MaxAttempts = 10;

    private readonly ICommitListener[] _listeners = [.. listeners];

    // When something was last made durable.
    private long _answered;

    /// <summary>Whoever came first waits for the others of the group no longer than this; the rest goes into the next one.</summary>
    internal TimeSpan Longest { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Runs them all; returns when each has had its outcome or its error.</summary>
    internal async Task RunAsync(WriteLane lane, IReadOnlyList<IWriteOperation> operations)
    {
        try
        {
            // Those that can be read for at once come first; whoever waits for one of a group waits for none of the others.
            await RunAllAsync(lane, new([.. operations.OrderBy(operation => operation.Foreseen is null)])).ConfigureAwait(false);
        }
        catch (Exception error) when (Unreachable.Is(error))
        {
            // No fault of any of them, and none would fare better alone. Whoever had an outcome before keeps it.
            foreach (IWriteOperation operation in operations)
            {
                operation.Fail(error);
            }
        }
    }

    private async Task RunAllAsync(WriteLane lane, ArraySegment<IWriteOperation> left)
    {
        while (left.Count > 0)
        {
            int done = await RunSomeAsync(lane, left).ConfigureAwait(false);
            if (done == 0)
            {
                // They are of no use to each other: one by one.
                foreach (IWriteOperation operation in left)
                {
                    await RunSomeAsync(lane, new ArraySegment<IWriteOperation>([operation])).ConfigureAwait(false);
                }

                return;
            }

            left = left[done..];
        }
    }

    /// <summary>Makes the first of them durable and returns how many that were: none if they cannot share a transaction.</summary>
    /// <exception cref="Exception">The server is not there and has not been for longer than any of them waits.</exception>
    private async Task<int> RunSomeAsync(WriteLane lane, ArraySegment<IWriteOperation> operations)
    {
        // Whoever waited longest has lost patience first, and those behind have seen no more of the server than those before them:
        // else each group that waits behind another, and each of a group alone, would have its patience after the other.
        WritePatience patience = new(options, Math.Max(operations.Min(operation => operation.Queued), Volatile.Read(ref _answered)));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await CommitAsync(lane, operations, patience).ConfigureAwait(false);
            }
            catch (Exception error) when (Unreachable.Is(error) && patience.Lasts)
            {
                LogAway(error.GetType().Name);
                await patience.WaitAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (!options.HasOneWriter && !patience.Reached && Unreachable.Is(error))
            {
                throw;
            }
            catch (Exception error) when (operations.Count > 1 && attempt == 1 && WriteConflict.Is(error))
            {
                // Another writer was quicker by chance, as a sign of life amid verdicts is: mostly all of them fit the second time.
                LogConflict(attempt, error.GetType().Name);
            }
            catch (Exception) when (operations.Count > 1)
            {
                return 0;
            }
            catch (Exception error) when (attempt < MaxAttempts && WriteConflict.Is(error))
            {
                LogConflict(attempt, error.GetType().Name);
                // Real time, whatever clock the rules go by: this only lets the other writer finish.
                await Task.Delay(Random.Shared.Next(2, 10 << Math.Min(attempt, 5))).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // whatever the operation throws belongs to its caller; the writer lives on
            catch (Exception error)
#pragma warning restore CA1031
            {
                operations[0].Fail(error);
                return 1;
            }
        }
    }

    private async Task<int> CommitAsync(WriteLane lane, ArraySegment<IWriteOperation> operations, WritePatience patience)
    {
        patience.Reached = false;
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // Whatever fails rolls all of it back: nothing has to be kept up to a point in between.
            db.Database.AutoSavepointsEnabled = false;
            IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(options.IsolationOf(lane), CancellationToken.None).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                if (FirstOf(lane) is { } first)
                {
                    await db.Database.ExecuteSqlRawAsync(first).ConfigureAwait(false);
                }

                patience.Reached = true;
                List<object> appended = [];
                long begun = Stopwatch.GetTimestamp();
                if (await ForeseenRun.RunAsync(db, clock.Now(), operations, appended).ConfigureAwait(false) is not { } ran)
                {
                    return Discard(operations);
                }

                while (ran < operations.Count && (ran == 0 || Stopwatch.GetElapsedTime(begun) < Longest))
                {
                    WriteScope scope = new(db, clock.Now());
                    if (await operations[ran].RunAsync(scope).ConfigureAwait(false) == WriteStep.Discarded)
                    {
                        return Discard(operations);
                    }

                    await db.SaveChangesAsync().ConfigureAwait(false);
                    // The next one reads for itself; nothing that this one knew is taken for true.
                    db.ChangeTracker.Clear();
                    appended.AddRange(scope.Appended);
                    ran++;
                }

                await logs.WriteAsync(db, appended).ConfigureAwait(false);
                try
                {
                    await receipts.CommitAsync(db, transaction).ConfigureAwait(false);
                    Volatile.Write(ref _answered, Stopwatch.GetTimestamp());
                    Committed(lane, operations[..ran]);
                }
                catch (CommitUnknownException error)
                {
                    // Not run again: it may have been done.
                    operations[..ran].ToList().ForEach(operation => operation.Fail(error));
                }

                return ran;
            }
        }
    }

    private string? FirstOf(WriteLane lane) => options.Provider switch
    {
        DatabaseProvider.PostgreSql => lane.PostgresFirst,
        DatabaseProvider.SqlServer => lane.SqlServerFirst,
        _ => null,
    };

    // Alone it has its answer, and the transaction goes as if it had never been; among others each is run for itself.
    private static int Discard(ArraySegment<IWriteOperation> operations)
    {
        if (operations.Count > 1)
        {
            return 0;
        }

        operations[0].Finish();
        return 1;
    }

    // Whatever goes wrong from here on, the operations are done: none may be run again.
    private void Committed(WriteLane lane, ArraySegment<IWriteOperation> operations)
    {
        foreach (IWriteOperation operation in operations)
        {
            Tell(operation.Finish);
        }

        foreach (ICommitListener listener in lane.IsQuiet ? [] : _listeners)
        {
            Tell(listener.Committed);
        }

        WriteMeter.Count(operations.Count);
    }

    private void Tell(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // whoever is told may fail for itself
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogUntold(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Something was saved, and what had to learn of it failed ({Error})")]
    private partial void LogUntold(string error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Write attempt {Attempt} met a conflict ({Error}); running it again")]
    private partial void LogConflict(int attempt, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be reached ({Error}); what waits to be saved is tried again")]
    private partial void LogAway(string error);
}
