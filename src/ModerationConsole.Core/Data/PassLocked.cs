using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ModerationConsole.Core.Data;

/// <summary>Reading beside writers that have not committed yet.</summary>
internal static class PassLocked
{
    /// <summary>How SQL Server is told to, with or without READ_COMMITTED_SNAPSHOT and inside a transaction of any lane.</summary>
    public const string Hint = "WITH (READPAST, READCOMMITTEDLOCK)";

    /// <summary>
    /// The rows of a table that nobody is writing. SQLite and PostgreSQL show no others anyway; SQL Server may wait for the
    /// writer unless it is told to pass by.
    /// </summary>
    public static IQueryable<T> Unlocked<T>(this ConsoleDbContext db)
        where T : class
    {
        if (db is not SqlServerConsoleContext)
        {
            return db.Set<T>();
        }

        string table = StoreObjectIdentifier.Create(db.Model.FindEntityType(typeof(T))!, StoreObjectType.Table)!.Value.Name;
        return db.Set<T>().FromSqlRaw(string.Concat("SELECT * FROM [", table, "] ", Hint));
    }
}
