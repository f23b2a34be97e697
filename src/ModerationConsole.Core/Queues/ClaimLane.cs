using System.Data;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// How tasks are taken out of the claim order where several nodes draw from one database: each claim locks the row of the task
/// that it wants and goes past those that others have locked, so no claim waits for another node's commit.
/// </summary>
internal static class ClaimLane
{
    /// <summary>
    /// Claims of one node share transactions among themselves. They see what others committed up to each statement, because
    /// rows that are locked elsewhere are passed over and not waited for. Changes of access wait until the claims that read
    /// them have committed, so that nobody ends with a task of a queue that they were just taken from.
    /// </summary>
    public static WriteLane Lane { get; } = new("claims", IsolationLevel.ReadCommitted, 1)
    {
        PostgresFirst = "LOCK TABLE queue_access IN SHARE MODE",
        SqlServerFirst = "SELECT COUNT_BIG(*) FROM queue_access WITH (TABLOCK, HOLDLOCK)",
    };

    /// <summary>Of waiting tasks in claim order, takes the first that nobody else is taking.</summary>
    internal const string Postgres =
        """
        DELETE FROM waiting_task WHERE "TaskNumber" = (
            SELECT "TaskNumber" FROM waiting_task WHERE "TaskNumber" = ANY ({0})
            ORDER BY array_position({0}, "TaskNumber") LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING "TaskNumber" AS "Value"
        """;

    /// <summary>The same for one task. With READ_COMMITTED_SNAPSHOT the server passes rows by only where locks are asked for by name.</summary>
    internal const string SqlServer =
        "DELETE FROM waiting_task WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK) OUTPUT deleted.TaskNumber AS Value WHERE TaskNumber = {0}";

    /// <summary>Of some tasks, locks those that nobody else is taking.</summary>
    internal const string PostgresLock = """SELECT "TaskNumber" AS "Value" FROM waiting_task WHERE "TaskNumber" = ANY ({0}) ORDER BY "TaskNumber" FOR UPDATE SKIP LOCKED""";

    /// <summary>The same for one task.</summary>
    internal const string SqlServerLock =
        "SELECT TaskNumber AS Value FROM waiting_task WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK) WHERE TaskNumber = {0}";

    /// <summary>The one writer has no rival.</summary>
    private const string Sqlite = "DELETE FROM waiting_task WHERE TaskNumber = {0} RETURNING TaskNumber AS Value";

    /// <summary>Takes the first of some waiting tasks that is still to be had out of the claim order; null if others were faster with all of them.</summary>
    public static async Task<WaitingTask?> TakeFirstAsync(this ConsoleDbContext db, IReadOnlyList<WaitingTask> inOrder, CancellationToken cancellationToken)
    {
        if (db is PostgresConsoleContext)
        {
            long[] numbers = [.. inOrder.Select(waiting => waiting.TaskNumber)];
            List<long> taken = await db.Database.SqlQueryRaw<long>(Postgres, numbers).ToListAsync(cancellationToken).ConfigureAwait(false);
            return taken.Count == 0 ? null : inOrder.First(waiting => waiting.TaskNumber == taken[0]);
        }

        string take = db is SqlServerConsoleContext ? SqlServer : Sqlite;
        foreach (WaitingTask waiting in inOrder)
        {
            if ((await db.Database.SqlQueryRaw<long>(take, waiting.TaskNumber).ToListAsync(cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                return waiting;
            }
        }

        return null;
    }

    /// <summary>Of some waiting tasks, those that nobody else can take before this transaction ends.</summary>
    public static async Task<HashSet<long>> LockFirstAsync(this ConsoleDbContext db, long[] tasks, CancellationToken cancellationToken)
    {
        if (db is PostgresConsoleContext && tasks.Length > 0)
        {
            return [.. await db.Database.SqlQueryRaw<long>(PostgresLock, tasks).ToListAsync(cancellationToken).ConfigureAwait(false)];
        }

        // The one writer of the embedded database has no rival.
        HashSet<long> locked = [.. tasks];
        foreach (long task in db is SqlServerConsoleContext ? tasks : [])
        {
            if ((await db.Database.SqlQueryRaw<long>(SqlServerLock, task).ToListAsync(cancellationToken).ConfigureAwait(false)).Count == 0)
            {
                locked.Remove(task);
            }
        }

        return locked;
    }
}
