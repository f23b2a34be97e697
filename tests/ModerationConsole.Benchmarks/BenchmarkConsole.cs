using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks;

/// <summary>The core over a database and a data directory, with the background work that a node does beside its desks.</summary>
internal sealed class BenchmarkConsole : IAsyncDisposable
{
    private readonly string _directory;
    private readonly bool _keep;
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    private BenchmarkConsole(string directory, bool keep, ServiceProvider services)
    {
        _directory = directory;
        _keep = keep;
        _services = services;
    }

    public string DataDirectory => _directory;

    /// <summary>Makes it in a folder of its own.</summary>
    /// <param name="keep">Whether the folder outlives it.</param>
    public static async Task<BenchmarkConsole> StartAsync(DatabaseProvider provider, string connection, string parent, bool sealing = true, bool keep = false)
    {
        string directory = Path.Combine(parent, $"console-benchmark-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        // What is kept is worked on later, by another process.
        BenchmarkConsole console = new(directory, keep, Services(provider, connection, directory, keep ? 3_600 : 120, audit: true));
        await console.BootAsync(sealing);
        return console;
    }

    /// <summary>Opens a database that outlives it, beside others perhaps.</summary>
    /// <param name="audit">Whether what is recorded in the audit is stored.</param>
    /// <param name="working">False for one that only looks.</param>
    public static async Task<BenchmarkConsole> OpenAsync(BenchDatabase database, bool sealing = true, bool audit = true, bool working = true) =>
        await OpenAsync(database.Provider, database.Connection, database.Folder, sealing, audit, working);

    /// <inheritdoc cref="OpenAsync(BenchDatabase, bool, bool, bool)" />
    public static async Task<BenchmarkConsole> OpenAsync(DatabaseProvider provider, string connection, string folder, bool sealing = true, bool audit = true, bool working = true)
    {
        BenchmarkConsole console = new(folder, keep: true, Services(provider, connection, folder, 120, audit));
        await (working ? console.BootAsync(sealing) : Task.CompletedTask);
        return console;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (IHostedService service in Enumerable.Reverse(_running))
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (!_keep)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static ServiceProvider Services(DatabaseProvider provider, string connection, string directory, int leaseSeconds, bool audit)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = directory,
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Console"] = connection,
            ["Lease:Seconds"] = leaseSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddModerationCore(configuration);
        if (!audit)
        {
            ServiceDescriptor inner = services.Last(service => service.ServiceType == typeof(ILogWriter));
            services.AddSingleton<ILogWriter>(provider => new NoAudit((ILogWriter)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)));
        }

        return services.BuildServiceProvider();
    }

    private async Task BootAsync(bool sealing)
    {
        await Get<MigrateDatabase>().RunAsync(CancellationToken.None);
        // Without the duties nobody seals and nothing periodic is done.
        foreach (IHostedService service in _services.GetServices<IHostedService>()
            .Where(service => service is WritePath or NodeDuties or EnsureRoles or OutboxTail or OutboxListener or ExpireLeases or WatchStranded || (sealing && service is SealAudit))
            .OrderByDescending(service => service is WritePath))
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }
}
