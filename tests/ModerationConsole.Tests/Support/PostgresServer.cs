using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// Databases on a PostgreSQL of the tests' own. All tests share one server, for to make one takes longer than most tests do; a test
/// that stops its server, or asks which of the server's transactions still run, has a <see cref="SeparatePostgresServer"/>.
/// </summary>
public class PostgresServer : IDatabaseServer, IAsyncLifetime
{
    private const string SkipReason = "No PostgreSQL on this machine; install the package postgresql.";
    private PostgresProcess? _process;

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    /// <summary>The server. Skips the test that asks on a machine without PostgreSQL.</summary>
    private protected PostgresProcess Server
    {
        get
        {
            Assert.SkipWhen(_process is null, SkipReason);
            return _process!;
        }
    }

    public async ValueTask InitializeAsync() => _process = await FindAsync();

    /// <inheritdoc />
    public async Task<Dictionary<string, string?>> EmptyAsync() => new()
    {
        ["Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
        ["ConnectionStrings:Console"] = await DatabaseAsync(),
    };

    /// <summary>A new empty database. Skips the test that asks on a machine without PostgreSQL.</summary>
    public Task<string> DatabaseAsync() => Server.DatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await LeaveAsync(_process);
        }

        GC.SuppressFinalize(this);
    }

    private protected virtual Task<PostgresProcess?> FindAsync() => SharedPostgres.FindAsync();

    // The one that is shared ends after the last test.
    private protected virtual Task LeaveAsync(PostgresProcess process) => Task.CompletedTask;
}

/// <summary>A server for those alone who hold it: they may stop it, and no transaction of another test runs there.</summary>
public sealed class SeparatePostgresServer : PostgresServer
{
    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync() => Server.StartAsync();

    /// <summary>Stops it as a failover does: connections break, what was committed stays.</summary>
    /// <param name="atOnce">As a machine that loses power: it mends itself when it starts.</param>
    public Task StopAsync(bool atOnce = false) => Server.StopAsync(atOnce);

    private protected override async Task<PostgresProcess?> FindAsync() =>
        PostgresProcess.Programs is { } programs ? await PostgresProcess.StartAsync(programs, durable: true) : null;

    private protected override Task LeaveAsync(PostgresProcess process) => process.EndAsync();
}
