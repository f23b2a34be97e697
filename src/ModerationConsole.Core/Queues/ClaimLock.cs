using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Lets one claim at a time draw from a database that several nodes share; held to the end of the transaction. It has to be
/// the first statement: on PostgreSQL it comes before the moment that everything read later is of.
/// </summary>
internal static class ClaimLock
{
    /// <summary>Stops other claims and changes of access; neither readers nor any other write.</summary>
    internal const string Postgres = "LOCK TABLE queue_access IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>A lock that only claims ask for.</summary>
    internal const string SqlServer = "EXEC sp_getapplock @Resource = 'claim', @LockMode = 'Exclusive', @LockOwner = 'Transaction'";

    public static Task TakeAsync(ConsoleDbContext db, CancellationToken cancellationToken) => db switch
    {
        PostgresConsoleContext => db.Database.ExecuteSqlRawAsync(Postgres, cancellationToken),
        SqlServerConsoleContext => db.Database.ExecuteSqlRawAsync(SqlServer, cancellationToken),
        _ => Task.CompletedTask,
    };
}
