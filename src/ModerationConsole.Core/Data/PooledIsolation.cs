using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Returns connections to SQL Server's pool as they came. Neither the server nor its client does: whoever gets the connection
/// next would read at the level of the last transaction, and hold locks that its statements have no use for.
/// See https://github.com/dotnet/SqlClient/issues/96.
/// </summary>
internal sealed class PooledIsolation(string statement) : DbConnectionInterceptor, IDbTransactionInterceptor
{
    /// <summary>The level that a new connection has.</summary>
    public const string SqlServer = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private readonly ConditionalWeakTable<DbConnection, object> _raised = [];

    /// <inheritdoc />
    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Note(connection, result);
        return result;
    }

    /// <inheritdoc />
    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Note(connection, result);
        return new(result);
    }

    /// <inheritdoc />
    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        if (IsToBeSet(connection))
        {
            try
            {
                using DbCommand command = Command(connection);
                command.ExecuteNonQuery();
            }
            catch (Exception error) when (error is DbException or InvalidOperationException)
            {
                // Broken: it does not go back.
            }
        }

        return result;
    }

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        if (IsToBeSet(connection))
        {
            try
            {
                DbCommand command = Command(connection);
                await using (command.ConfigureAwait(false))
                {
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is DbException or InvalidOperationException)
            {
                // Broken: it does not go back.
            }
        }

        return result;
    }

    private void Note(DbConnection connection, DbTransaction transaction)
    {
        if (transaction.IsolationLevel != IsolationLevel.ReadCommitted)
        {
            _raised.AddOrUpdate(connection, this);
        }
    }

    private bool IsToBeSet(DbConnection connection) => _raised.Remove(connection) && connection.State == ConnectionState.Open;

#pragma warning disable CA2100 // one of two constants
    private DbCommand Command(DbConnection connection)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return command;
    }
#pragma warning restore CA2100
}
