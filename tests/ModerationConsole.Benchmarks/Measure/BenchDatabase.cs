using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using ModerationConsole.Core.Data;
using Npgsql;

namespace ModerationConsole.Benchmarks.Measure;

/// <summary>
/// A database and a data folder of a benchmark's own, gone when it ends. On PostgreSQL a new database on the server that the
/// connection string names; on SQL Server the empty one that it names.
/// </summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string? _server;

    private BenchDatabase(DatabaseProvider provider, string folder, string connection, string? server) =>
        (Provider, Folder, Connection, _server) = (provider, folder, connection, server);

    public DatabaseProvider Provider { get; }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>The connection string; empty for the file in the folder.</summary>
    public string Connection { get; }

    public static async Task<BenchDatabase> MakeAsync(DatabaseProvider provider, string connection, string parent)
    {
        string name = $"console_benchmark_{Guid.NewGuid():N}";
        string folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        if (provider != DatabaseProvider.PostgreSql)
        {
            return new BenchDatabase(provider, folder, connection, null);
        }

        await ExecuteOnAsync(new NpgsqlConnection(connection), $"CREATE DATABASE {name}");
        return new BenchDatabase(provider, folder, new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString, connection);
    }

    /// <summary>The same as settings of the program.</summary>
    public IReadOnlyList<string> Settings => [$"--Database:Provider={Provider}", $"--ConnectionStrings:Console={Connection}"];

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteConnection($"Data Source={Path.Combine(Folder, "console.db")};Pooling=False;Default Timeout=60"),
            DatabaseProvider.SqlServer => new SqlConnection(Connection),
            // What is done here takes long at times.
            _ => new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false, CommandTimeout = 0 }.ConnectionString),
        };
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql, params IReadOnlyList<(string Name, object Value)> values)
    {
        await using DbConnection connection = await OpenAsync();
        await connection.ExecuteAsync(sql, values);
    }

    /// <summary>The number that a query answers with.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteOnAsync(new NpgsqlConnection(_server), $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Connection).Database} WITH (FORCE)");
        }
    }

    private static async Task ExecuteOnAsync(NpgsqlConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(sql);
        }
    }
}

internal static class Statements
{
    public static async Task ExecuteAsync(this DbConnection connection, string sql, params IReadOnlyList<(string Name, object Value)> values)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach ((string name, object value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
