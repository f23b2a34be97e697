using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Data.Nodes;
using Npgsql;

namespace ModerationConsole.Core.Data;

/// <summary>Registers database and write path.</summary>
public static class DataServices
{
    // What EF makes of a query is kept here, ten to a query. Its own cache holds 10 240, which is fewer queries than there are: the
    // rest would be compiled anew each time. One for the process, since contexts with different caches share nothing else either.
    private static readonly MemoryCache s_queries = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    /// <summary>Adds the context of the configured provider, its factory, and the write path.</summary>
    /// <exception cref="StartRefusedException">A setting is wrong; the message names its key.</exception>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        DatabaseOptions options = DatabaseOptions.Read(configuration);
        MakeFolder(options.DataDirectory);
        services.AddSingleton(options);
        services.Configure<IdentityOptions>(ConsoleDbContext.Shape);
        services.AddSingleton<MigrateDatabase>();
        services.AddSingleton<WriteReceipts>();
        services.AddSingleton<ILogWriter, LogWriter>();
        services.AddSingleton<WriteGroup>();
        services.AddSingleton<WritePath>();
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton(typeof(SharedReads<,>));
        services.AddSingleton<NodeState>();
        services.AddSingleton<WatchDatabase>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WatchDatabase>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WritePath>());
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            services.AddSingleton<NodeDuties, FileDuties>();
            services.AddSingleton<NodePresence, FilePresence>();
        }
        else
        {
            services.AddServerClock();
            services.AddSingleton<NodeDuties, DatabaseDuties>();
            services.AddSingleton<NodePresence, DatabasePresence>();
        }

        // Stopped after all that does these duties.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NodeDuties>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NodePresence>());
        return options.Provider switch
        {
            DatabaseProvider.Sqlite => services.AddContext<SqliteConsoleContext>(builder => builder
                .UseSqlite(SqliteConnectionString(options)).AddInterceptors(new SqlitePragmas())),
            DatabaseProvider.SqlServer => services.AddContext<SqlServerConsoleContext>(builder => builder
                .UseSqlServer(options.ConnectionString).AddInterceptors(new PooledIsolation(PooledIsolation.SqlServer))),
            DatabaseProvider.PostgreSql => services.AddContext<PostgresConsoleContext>(builder => builder.UseNpgsql(PostgresConnectionString(options))),
            _ => throw new InvalidOperationException("Database:Provider is unknown."),
        };
    }

    internal static StartRefusedException Unwritable(string folder, Exception error) =>
        new($"Data:Directory: the folder {folder} cannot be made or written. Let the program's account write it, or name another one.", error);

    // In place of the machine's own; a clock that somebody else brought along stays.
    private static void AddServerClock(this IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider))?.ImplementationInstance == TimeProvider.System)
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(new ServerClock(TimeProvider.System));
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    private static string SqliteConnectionString(DatabaseOptions options) =>
        string.IsNullOrEmpty(options.ConnectionString)
            ? $"Data Source={Path.Combine(options.DataDirectory, "console.db")}"
            : options.ConnectionString;

    // A process that freezes in the middle of a transaction must not keep the others from its rows: the server ends it.
    private static string PostgresConnectionString(DatabaseOptions options)
    {
        NpgsqlConnectionStringBuilder connection = new(options.ConnectionString);
        if (string.IsNullOrEmpty(connection.Options))
        {
            connection.Options = "-c idle_in_transaction_session_timeout=15s";
        }

        // What is asked again and again is planned once a connection.
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = 200;
        }

        // Nothing here leaves anything behind in a session (no settings, no temporary tables, no listening on pooled connections).
        connection.NoResetOnClose = true;

        return connection.ConnectionString;
    }

    private static IServiceCollection AddContext<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : ConsoleDbContext
    {
        services.AddDbContextFactory<TContext>((provider, builder) =>
        {
            configure(builder);
            builder.UseMemoryCache(s_queries);
            builder.AddInterceptors(new AppendOnlyInterceptor());
            // Rooms that follow rows wherever they are changed.
            builder.AddInterceptors(provider.GetServices<IInterceptor>());
        });
        services.AddSingleton<IDbContextFactory<ConsoleDbContext>, ProviderFactory<TContext>>();
        services.AddScoped<ConsoleDbContext>(provider => provider.GetRequiredService<TContext>());
        return services;
    }

    private sealed class ProviderFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<ConsoleDbContext>
        where TContext : ConsoleDbContext
    {
        public ConsoleDbContext CreateDbContext() => inner.CreateDbContext();
    }
}
