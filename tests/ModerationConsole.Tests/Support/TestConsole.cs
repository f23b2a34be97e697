using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Security;
using Npgsql;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// The application core over a database of its own in a temporary folder, with a clock the test moves.
/// Arrange with the intents in <see cref="Arrange"/>; act through <see cref="Use{T}"/>.
/// </summary>
public sealed class TestConsole : IAsyncDisposable
{
    // One for all, so that a restart opens what was closed before it.
    private static readonly FactorSafe s_safe = new(new EphemeralDataProtectionProvider());

    private readonly string _directory;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _configure;
    private ServiceProvider _services = null!;
    private IHostedService[] _hosted = [];

    private TestConsole(FakeClock clock, string directory, Dictionary<string, string?> settings, Action<IServiceCollection>? configure)
    {
        Clock = clock;
        _directory = directory;
        _settings = settings;
        _configure = configure;
    }

    public FakeClock Clock { get; }

    public string DataDirectory => _directory;

    public IServiceProvider Services => _services;

    public IDbContextFactory<ConsoleDbContext> Contexts => Get<IDbContextFactory<ConsoleDbContext>>();

    public WritePath Writes => Get<WritePath>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a console. Of the background services only the write path runs, unless <paramref name="background"/>: tests call the others' RunOnceAsync.</summary>
    public static async Task<TestConsole> StartAsync(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, bool background = false)
    {
        string directory = Directory.CreateTempSubdirectory("console-test-").FullName;
        TestConsole console = new(new FakeClock(), directory, settings ?? [], configure);
        await console.BootAsync(background);
        return console;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A use case.</summary>
    public T Use<T>()
        where T : class, IUseCase => ActivatorUtilities.GetServiceOrCreateInstance<T>(_services);

    /// <summary>Stops everything and starts it again over the same data, as a restart of the process would.</summary>
    public async Task RestartAsync(bool background = false)
    {
        await ShutDownAsync();
        await BootAsync(background);
    }

    /// <summary>Reads from the database.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = await Contexts.CreateDbContextAsync(Cancel);
        return await read(db);
    }

    /// <summary>Writes straight to the database: to arrange what no use case makes.</summary>
    public Task<T> WriteAsync<T>(Func<WriteScope, Task<T>> write) => Writes.RunAsync((scope, _) => write(scope), Cancel);

    public async ValueTask DisposeAsync()
    {
        await LetGoAsync();
        await ShutDownAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    // All tests share one PostgreSQL, and each leaves connections to a database that nobody opens again.
    private async Task LetGoAsync()
    {
        await using ConsoleDbContext db = await Contexts.CreateDbContextAsync(CancellationToken.None);
        if (db.Database.GetDbConnection() is NpgsqlConnection connection)
        {
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private async Task BootAsync(bool background)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Directory"] = _directory })
            .AddInMemoryCollection(_settings)
            .Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddModerationCore(configuration);
        services.AddSingleton<IFactorSafe>(s_safe);
        _configure?.Invoke(services);
        _services = services.BuildServiceProvider();
        await using (ConsoleDbContext db = await Contexts.CreateDbContextAsync(Cancel))
        {
            await ConsoleTemplate.FillAsync(db);
        }

        _hosted = [.. _services.GetServices<IHostedService>().Where(service => background || service is WritePath)];
        foreach (IHostedService service in _hosted)
        {
            await service.StartAsync(Cancel);
        }
    }

    private async Task ShutDownAsync()
    {
        foreach (IHostedService service in _hosted.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
