using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core;
using ModerationConsole.Core.Data;
using Npgsql;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// The console's tables and roles, made once for all tests that begin with nothing else, once a server on PostgreSQL: to make them
/// again for each test took most of the time of most tests.
/// </summary>
internal static class ConsoleTemplate
{
    private const string TemplateName = "console_template";

    private static readonly Lazy<Task<string>> s_file = new(MakeFileAsync);
    private static readonly SemaphoreSlim s_servers = new(1, 1);

    /// <summary>Gives tables and roles to a database that has none; one that has some is brought to this version.</summary>
    public static async Task FillAsync(ConsoleDbContext db)
    {
        string connection = db.Database.GetConnectionString()!;
        if (db.Database.IsSqlite() && new SqliteConnectionStringBuilder(connection).DataSource is var file && !File.Exists(file))
        {
            File.Copy(await s_file.Value, file);
        }
        else if (db.Database.IsNpgsql() && !(await db.Database.GetAppliedMigrationsAsync()).Any())
        {
            await CopyAsync(new NpgsqlConnectionStringBuilder(connection));
            // Those that were open to the database that stood here.
            NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        }
        else
        {
            await FurnishAsync(db);
        }
    }

    /// <summary>Puts SQLite's file into a folder in which the console looks for it.</summary>
    public static async Task PutIntoAsync(string folder) => File.Copy(await s_file.Value, Path.Combine(folder, "console.db"));

    private static async Task CopyAsync(NpgsqlConnectionStringBuilder wanted)
    {
        NpgsqlConnectionStringBuilder server = new(wanted.ConnectionString) { Database = "postgres", Pooling = false };
        await using NpgsqlConnection connection = new(server.ConnectionString);
        await connection.OpenAsync();
        await s_servers.WaitAsync();
        try
        {
            await using NpgsqlCommand made = new($"SELECT count(*) FROM pg_database WHERE datname = '{TemplateName}'", connection);
            if (await made.ExecuteScalarAsync() is 0L)
            {
                await MakeDatabaseAsync(connection, server);
            }
        }
        finally
        {
            s_servers.Release();
        }

        await RunAsync(connection, $"DROP DATABASE \"{wanted.Database}\" WITH (FORCE)");
        await RunAsync(connection, $"CREATE DATABASE \"{wanted.Database}\" TEMPLATE {TemplateName}");
    }

    private static async Task MakeDatabaseAsync(NpgsqlConnection connection, NpgsqlConnectionStringBuilder server)
    {
        const string Unfinished = $"{TemplateName}_unfinished";
        await RunAsync(connection, $"CREATE DATABASE {Unfinished}");
        string folder = Directory.CreateTempSubdirectory("console-template-").FullName;
        await MakeAsync(new()
        {
            ["Data:Directory"] = folder,
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
            // Nobody may be connected to what is copied.
            ["ConnectionStrings:Console"] = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Unfinished }.ConnectionString,
        });
        Directory.Delete(folder, recursive: true);
        await RunAsync(connection, $"ALTER DATABASE {Unfinished} RENAME TO {TemplateName}");
    }

    private static async Task<string> MakeFileAsync()
    {
        string folder = Directory.CreateTempSubdirectory("console-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string file = Path.Combine(folder, "console.db");
        await MakeAsync(new() { ["Data:Directory"] = folder, ["ConnectionStrings:Console"] = $"Data Source={file};Pooling=False" });
        return file;
    }

    private static async Task MakeAsync(Dictionary<string, string?> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddModerationCore(configuration);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using ConsoleDbContext db = await provider.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        await FurnishAsync(db);
    }

    private static async Task FurnishAsync(ConsoleDbContext db)
    {
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            await db.Database.MigrateAsync();
        }

        List<string?> there = await db.Roles.Select(role => role.Name).ToListAsync();
        db.Roles.AddRange(Core.People.Roles.All.Except(there).Select(role => new IdentityRole<Guid>(role!) { Id = Guid.CreateVersion7(), NormalizedName = role!.ToUpperInvariant() }));
        await db.SaveChangesAsync();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using NpgsqlCommand command = new(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
