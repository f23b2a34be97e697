using ModerationConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace ModerationConsole.Tests.Support;

/// <summary>The PostgreSQL that the tests share, started by the first that asks and ended after the last test.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresProcess?>> s_process = new(StartAsync);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (s_process.IsValueCreated && await s_process.Value is { } process)
        {
            await process.EndAsync();
        }
    }

    /// <summary>The server; null on a machine without PostgreSQL.</summary>
    internal static Task<PostgresProcess?> FindAsync() => s_process.Value;

    private static async Task<PostgresProcess?> StartAsync() =>
        PostgresProcess.Programs is { } programs ? await PostgresProcess.StartAsync(programs, durable: false) : null;
}
