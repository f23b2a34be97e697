using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Inserts rows past the change tracker, which costs several times what the rows do: one prepared statement a table on the
/// embedded database; on PostgreSQL a copy for each table with more than a few; else one batch for all.
/// </summary>
internal static class RowWriter
{
    /// <summary>Fewer rows of a table than this go faster as statements that the server knows already.</summary>
    private const int CopyFrom = 8;

    private static readonly ConcurrentDictionary<(Type Context, Type Row), RowTable> s_tables = new();

    /// <summary>
    /// Inserts rows now: what the operation reads next finds them. The database must not have to number them, and rows that they
    /// refer to must be stored.
    /// </summary>
    public static Task InsertAsync(this WriteScope scope, IReadOnlyList<object> rows)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return WriteAsync(scope.Db, rows);
    }

    /// <summary>Inserts the rows of each table in their order, in the context's transaction.</summary>
    public static async Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        DbConnection connection = db.Database.GetDbConnection();
        DbTransaction transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (connection is NpgsqlConnection postgres)
        {
            foreach (IGrouping<RowTable, object> many in rows.GroupBy(row => TableOf(db, row)).Where(ofTable => ofTable.Count() >= CopyFrom).ToList())
            {
                await many.Key.CopyAsync(postgres, many).ConfigureAwait(false);
                rows = [.. rows.Where(row => row.GetType() != many.First().GetType())];
            }
        }

        if (connection.CanCreateBatch)
        {
            await BatchAsync(db, connection, transaction, rows).ConfigureAwait(false);
        }
        else
        {
            await OneByOneAsync(db, connection, transaction, rows).ConfigureAwait(false);
        }
    }

    private static async Task BatchAsync(ConsoleDbContext db, DbConnection connection, DbTransaction transaction, IReadOnlyList<object> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

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
                    RowTable table = TableOf(db, row);
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
    private static async Task OneByOneAsync(ConsoleDbContext db, DbConnection connection, DbTransaction transaction, IReadOnlyList<object> rows)
    {
        foreach (IGrouping<RowTable, object> ofTable in rows.GroupBy(row => TableOf(db, row)))
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

    private static RowTable TableOf(ConsoleDbContext db, object row) =>
        s_tables.GetOrAdd((db.GetType(), row.GetType()), static (key, db) => RowTable.Of(db, key.Row), db);
}
