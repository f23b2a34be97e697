using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ModerationConsole.Core.Data;

/// <summary>Tells errors that another writer caused, after which the operation may simply run again, from all others.</summary>
internal static class WriteConflict
{
    public static bool Is(Exception error) => error switch
    {
        DbUpdateConcurrencyException or RowsInMotionException => true,
        DbException database => IsProviderConflict(database),

        // EF wraps what the provider says, on PostgreSQL twice.
        DbUpdateException { InnerException: { } inner } => Is(inner),
        InvalidOperationException { InnerException: DbUpdateException inner } => Is(inner),
        InvalidOperationException { InnerException: DbException inner } => Is(inner),
        _ => false,
    };

    private static bool IsProviderConflict(DbException error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 19 && sqlite.SqliteExtendedErrorCode is 5 or 6 or 517 or 1555 or 2067,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation
            // Ended by the server because this process stood still in the middle of it: certainly before its commit.
            or "25P03",
        SqlException server => server.Number is 1205 or 2601 or 2627,
        _ => false,
    };
}
