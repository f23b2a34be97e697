using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks;

/// <summary>The core over a database and a data directory of its own, with the background work that a node does beside its desks.</summary>
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
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = directory,
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Console"] = connection,
            // What is kept is worked on later, by another process.
            ["Lease:Seconds"] = keep ? "3600" : "120",
        }).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddModerationCore(configuration);
        BenchmarkConsole console = new(directory, keep, services.BuildServiceProvider());
        await console.BootAsync(sealing);
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

    private async Task BootAsync(bool sealing)
    {
        await Get<MigrateDatabase>().RunAsync(CancellationToken.None);
        foreach (IHostedService service in _services.GetServices<IHostedService>()
            .Where(service => service is WritePath or EnsureRoles or OutboxTail or ExpireLeases or WatchStranded || (sealing && service is SealAudit))
            .OrderByDescending(service => service is WritePath))
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }
}
