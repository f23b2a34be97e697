using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using Npgsql;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>What the data of a scene lies in, seen past the program.</summary>
internal abstract class SceneDatabase
{
    /// <summary>Settings that name it to the program.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens it to read.</summary>
    public abstract ConsoleDbContext Open();

    /// <summary>Asks it one thing in words of SQL.</summary>
    public abstract object? Ask(string sql);

    /// <summary>What the database finds wrong with itself.</summary>
    public virtual IReadOnlyList<string> Broken() => [];
}

/// <summary>The file in the data folder.</summary>
internal sealed class SceneFile(string path) : SceneDatabase
{
    public override ConsoleDbContext Open() => new SqliteConsoleContext(
        new DbContextOptionsBuilder<SqliteConsoleContext>().UseSqlite($"Data Source={path};Pooling=False;Default Timeout=30").Options);

    [SuppressMessage("Security", "CA2100", Justification = "The tests' own words.")]
    public override object? Ask(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public override IReadOnlyList<string> Broken() =>
    [
        .. (string?)Ask("PRAGMA integrity_check") == "ok" ? Array.Empty<string>() : ["the database's integrity"],
        .. Ask("PRAGMA foreign_key_check") is null ? Array.Empty<string>() : ["the database's foreign keys"],
    ];

    /// <summary>A connection of a process other than the program's.</summary>
    public SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}

/// <summary>A database on the tests' own server.</summary>
internal sealed class SceneServer(string connectionString) : SceneDatabase
{
    // Whoever is in the middle of a transaction, waiting for its program before any other.
    private const string CutOne = """
        SELECT pg_terminate_backend(pid), state FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL
        ORDER BY state = 'idle in transaction' DESC, xact_start LIMIT 1
        """;

    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:Console"] = connectionString,
    };

    public override ConsoleDbContext Open() => new PostgresConsoleContext(
        new DbContextOptionsBuilder<PostgresConsoleContext>().UseNpgsql($"{connectionString};Pooling=false").Options);

    [SuppressMessage("Security", "CA2100", Justification = "The tests' own words.")]
    public override object? Ask(string sql)
    {
        using NpgsqlConnection connection = new($"{connectionString};Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>Lets nobody else write to a table until it is disposed; they wait.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The tests' own words.")]
    public async Task<IAsyncDisposable> HoldUpAsync(string table)
    {
        NpgsqlConnection connection = new($"{connectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using NpgsqlCommand command = new($"BEGIN; LOCK TABLE {table} IN SHARE MODE", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    /// <summary>Ends a connection of the program in the middle of a transaction. False when there was none to end.</summary>
    public async Task<bool> CutAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(patience);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (Ask(CutOne) is true)
                {
                    return true;
                }
            }
            catch (NpgsqlException)
            {
                // The server is away itself.
            }

            await Task.Delay(5, Cancel);
        }

        return false;
    }
}
