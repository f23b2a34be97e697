using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>What starting does to a database: the program itself, in a process of its own, over a real file.</summary>
public sealed class MigrateDatabaseTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("console-migrate-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_data, "console.db");

    [Fact]
    public async Task Database_Empty_IsMigratedOnceAndLeftAloneThen()
    {
        (int first, string made, _) = await ConsoleProcess.RunAsync(_data, "migrate");
        (int second, string nothing, _) = await ConsoleProcess.RunAsync(_data, "migrate");

        Assert.Equal((0, 0), (first, second));
        Assert.StartsWith("Applied ", made, StringComparison.Ordinal);
        Assert.Equal("The database is up to date.", nothing.Trim());
        Assert.NotEqual(0L, Ask("SELECT count(*) FROM sqlite_master WHERE name = 'audit_entry'"));
    }

    [Fact]
    public async Task Database_Older_IsMigratedAndKeepsItsRows()
    {
        await ConsoleProcess.RunAsync(_data, "migrate");
        Do("INSERT INTO team (Id, Name, Version) VALUES ('0197f3a0-0000-7000-8000-000000000001', 'Early', 0)");
        Do("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%AppendOnlyTriggers'");
        foreach (string trigger in Triggers())
        {
            Do($"DROP TRIGGER {trigger}");
        }

        (int exit, string output, _) = await ConsoleProcess.RunAsync(_data, "migrate");

        Assert.Equal(0, exit);
        Assert.Equal("Applied 1 migrations.", output.Trim());
        Assert.NotEmpty(Triggers());
        Assert.Equal("Early", Ask("SELECT Name FROM team"));
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("serve")]
    public async Task Database_Newer_IsRefusedInOneLine(string verb)
    {
        await ConsoleProcess.RunAsync(_data, "migrate");
        Do("INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_FromTheFuture', '99.0.0')");

        (int exit, string output, string errors) = await ConsoleProcess.RunAsync(_data, verb, "--urls=http://127.0.0.1:0");

        Assert.Equal(1, exit);
        Assert.Empty(output.Trim());
        string line = Assert.Single(errors.Trim().Split('\n'));
        Assert.Contains("newer version", line, StringComparison.Ordinal);
        Assert.Contains("20991231000000_FromTheFuture", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_LeftByAKilledMigration_IsTakenAway()
    {
        await ConsoleProcess.RunAsync(_data, "migrate");
        Do("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%AppendOnlyTriggers'");
        foreach (string trigger in Triggers())
        {
            Do($"DROP TRIGGER {trigger}");
        }

        Do("INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-01-01 00:00:00')");

        (int exit, string output, _) = await ConsoleProcess.RunAsync(_data, "migrate");

        Assert.Equal(0, exit);
        Assert.Equal("Applied 1 migrations.", output.Trim());
        Assert.Equal(0L, Ask("SELECT count(*) FROM __EFMigrationsLock"));
    }

    [Fact]
    public async Task Process_KilledWhileItMigrates_NextStartMends()
    {
        // Killed as soon as the file shows that the migration has begun.
        await using (ConsoleProcess killed = ConsoleProcess.Start(_data, "migrate"))
        {
            while (!killed.HasExited && (!System.IO.File.Exists(File) || new FileInfo(File).Length == 0))
            {
                await Task.Yield();
            }

            killed.Kill();
            await killed.EndAsync();
        }

        (int exit, _, string errors) = await ConsoleProcess.RunAsync(_data, "migrate");

        Assert.True(exit == 0, errors);
        Assert.NotEmpty(Triggers());
        Assert.Equal("ok", Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Server_OutOfReach_IsRefusedWithoutATrace()
    {
        (int exit, _, string errors) = await ConsoleProcess.RunAsync(
            _data, "migrate", "--Database:Provider=PostgreSql", "--ConnectionStrings:Console=Host=127.0.0.1;Port=1;Username=x;Password=not-shown;Database=x;Timeout=2",
            "--Database:StartPatienceSeconds=1");

        Assert.Equal(1, exit);
        Assert.StartsWith("The database server of ConnectionStrings:Console cannot be reached", errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-shown", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ToSqlite_SurvivesPowerLossAndKeepsForeignKeys()
    {
        await using TestConsole console = await TestConsole.StartAsync();

        Dictionary<string, string?> pragmas = [];
        await console.ReadAsync(async db =>
        {
            DbConnection connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync(Cancel);
            foreach (string name in new[] { "journal_mode", "synchronous", "foreign_keys" })
            {
                await using DbCommand command = connection.CreateCommand();
                command.CommandText = $"PRAGMA {name}";
                pragmas[name] = (await command.ExecuteScalarAsync(Cancel))?.ToString();
            }

            return 0;
        });

        // synchronous: 2 is FULL.
        Assert.Equal(new Dictionary<string, string?> { ["journal_mode"] = "wal", ["synchronous"] = "2", ["foreign_keys"] = "1" }, pragmas);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    private List<string> Triggers()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private object? Ask(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own text
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private void Do(string sql) => Ask(sql);

    private SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
