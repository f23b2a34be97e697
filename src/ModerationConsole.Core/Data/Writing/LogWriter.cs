using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ModerationConsole.Core.Data;

/// <summary>Writes the rows that operations appended to logs, at the end of their transaction.</summary>
public interface ILogWriter
{
    /// <summary>Inserts the rows in their order, in the context's transaction.</summary>
    Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows);
}

/// <summary>
/// Writes logs past the change tracker, which costs several times what the rows do: one prepared statement a table on the
/// embedded database, one batch for all rows of a group on a server.
/// </summary>
internal sealed class LogWriter : ILogWriter
{
    private readonly ConcurrentDictionary<(Type Context, Type Row), LogTable> _tables = new();

    public async Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        DbConnection connection = db.Database.GetDbConnection();
        DbTransaction transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (connection.CanCreateBatch)
        {
            await BatchAsync(db, connection, transaction, rows).ConfigureAwait(false);
        }
        else
        {
            await OneByOneAsync(db, connection, transaction, rows).ConfigureAwait(false);
        }
    }

    private async Task BatchAsync(ConsoleDbContext db, DbConnection connection, DbTransaction transaction, IReadOnlyList<object> rows)
    {
        DbBatch batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            // Type mappings make parameters of commands; a batch takes them from there.
            DbCommand maker = connection.CreateCommand();
            await using (maker.ConfigureAwait(false))
            {
                batch.Transaction = transaction;
                foreach (object row in rows)
                {
                    LogTable table = TableOf(db, row);
                    DbBatchCommand command = batch.CreateBatchCommand();
                    command.CommandText = table.Insert;
                    foreach (DbParameter parameter in table.Parameters(maker, row))
                    {
                        command.Parameters.Add(parameter);
                    }

                    batch.BatchCommands.Add(command);
                }

                await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }

    // A statement is prepared once for all rows of its table. Order counts within a table, not between tables: none refers to another.
    private async Task OneByOneAsync(ConsoleDbContext db, DbConnection connection, DbTransaction transaction, IReadOnlyList<object> rows)
    {
        foreach (IGrouping<LogTable, object> ofTable in rows.GroupBy(row => TableOf(db, row)))
        {
            DbCommand command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = transaction;
                command.CommandText = ofTable.Key.Insert;
                foreach (object row in ofTable)
                {
                    if (command.Parameters.Count == 0)
                    {
                        foreach (DbParameter parameter in ofTable.Key.Parameters(command, row))
                        {
                            command.Parameters.Add(parameter);
                        }
                    }
                    else
                    {
                        ofTable.Key.Fill(command, row);
                    }

                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private LogTable TableOf(ConsoleDbContext db, object row) =>
        _tables.GetOrAdd((db.GetType(), row.GetType()), static (key, db) => LogTable.Of(db, key.Row), db);
}
