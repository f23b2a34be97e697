using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Support;

/// <summary>Databases in files.</summary>
public sealed class SqliteFiles : IDatabaseServer, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("console-sqlite-").FullName;

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc />
    public Task<Dictionary<string, string?>> EmptyAsync() => Task.FromResult(new Dictionary<string, string?>
    {
        ["Database:Provider"] = nameof(DatabaseProvider.Sqlite),
        ["ConnectionStrings:Console"] = $"Data Source={Path.Combine(_directory, $"{Guid.CreateVersion7():N}.db")}",
    });

    /// <inheritdoc />
    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>
/// Databases on the SQL Server that <see cref="Variable"/> names. Classes that use it carry the trait <c>Database</c>,
/// <c>SqlServer</c>; <c>tests/run</c> leaves them out where the variable is not set.
/// </summary>
public sealed class SqlServerDatabases : IDatabaseServer, IAsyncLifetime
{
    /// <summary>Holds a connection string of an account that may create databases.</summary>
    public const string Variable = "MODERATION_TEST_SQLSERVER";

    /// <summary><c>ON</c> or <c>OFF</c>: whether the databases have READ_COMMITTED_SNAPSHOT; else what the server gives to new ones.</summary>
    public const string SnapshotVariable = "MODERATION_TEST_SQLSERVER_SNAPSHOT";

    /// <summary>Names the trait.</summary>
    public const string Trait = "Database";

    /// <summary>Its value.</summary>
    public const string TraitValue = "SqlServer";

    private readonly string? _server = Environment.GetEnvironmentVariable(Variable);
    private readonly List<string> _made = [];

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.SqlServer;

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async Task<Dictionary<string, string?>> EmptyAsync()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(_server), $"No SQL Server; set {Variable} to a connection string.");
        string name = string.Create(CultureInfo.InvariantCulture, $"console_test_{Guid.CreateVersion7():N}");
        await RunAsync($"CREATE DATABASE [{name}]");
        lock (_made)
        {
            _made.Add(name);
        }

        if (Environment.GetEnvironmentVariable(SnapshotVariable) is { Length: > 0 } snapshot)
        {
            await RunAsync($"ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT {(snapshot == "ON" ? "ON" : "OFF")}");
        }

        return new()
        {
            ["Database:Provider"] = nameof(DatabaseProvider.SqlServer),
            ["ConnectionStrings:Console"] = new SqlConnectionStringBuilder(_server) { InitialCatalog = name }.ConnectionString,
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        SqlConnection.ClearAllPools();
        foreach (string name in _made)
        {
            await RunAsync($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
        }
    }

    private async Task RunAsync(string statement)
    {
        await using SqlConnection connection = new(_server);
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // names are made above
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
