using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using Npgsql;

namespace ModerationConsole.Core.Live;

/// <summary>
/// On PostgreSQL: tells other nodes by NOTIFY that this one has committed something, and wakes the tail when another did. The word
/// is sent after the commit, on a connection of its own, for all commits since the last one: NOTIFY inside a transaction makes the
/// server commit one after the other. A word that is lost with its node costs the others the rest of a poll, and no event.
/// </summary>
public sealed partial class OutboxListener(DatabaseOptions options, OutboxSignal signal, TimeProvider clock, ILogger<OutboxListener> log)
    : BackgroundService, ICommitListener
{
    private const string Channel = "console_outbox";

    // So that a server that vanished without a word is noticed.
    private const int KeepAliveSeconds = 10;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromSeconds(10);

    private readonly WakeSignal _committed = new();
    private volatile bool _listening;

    /// <summary>Whether other nodes' commits wake this one.</summary>
    public bool IsListening => _listening;

    /// <inheritdoc />
    public void Committed() => _committed.Raise();

    /// <inheritdoc />
    public override void Dispose()
    {
        _committed.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Provider != DatabaseProvider.PostgreSql
        ? Task.CompletedTask
        : Task.WhenAll(KeepOnAsync(ListenAsync, stoppingToken), KeepOnAsync(TellAsync, stoppingToken));

    private async Task KeepOnAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        TimeSpan retry = TimeSpan.FromMilliseconds(250);
        while (!stoppingToken.IsCancellationRequested)
        {
            long begun = clock.GetTimestamp();
            try
            {
                NpgsqlConnection connection = new(ConnectionString());
                await using (connection.ConfigureAwait(false))
                {
                    await connection.OpenAsync(stoppingToken).ConfigureAwait(false);
                    await work(connection, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the server may be gone for a while; the tail polls meanwhile
            catch (Exception error)
#pragma warning restore CA1031
            {
                _listening = false;
                LogFault(error.GetType().Name);
                retry = clock.GetElapsedTime(begun) > s_longestRetry ? TimeSpan.FromMilliseconds(250) : retry * 2 < s_longestRetry ? retry * 2 : s_longestRetry;
                await Task.Delay(retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        connection.Notification += (_, _) => signal.Raise();
        await RunAsync(connection, $"LISTEN {Channel}", stoppingToken).ConfigureAwait(false);
        _listening = true;
        // What was told before this connection stood is found by looking.
        signal.Raise();
        while (true)
        {
            await connection.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        while (true)
        {
            await _committed.WaitAsync(Timeout.InfiniteTimeSpan, clock, stoppingToken).ConfigureAwait(false);
            await RunAsync(connection, $"NOTIFY {Channel}", stoppingToken).ConfigureAwait(false);
            // Real time, whatever clock the rules go by: this only gathers what commits meanwhile.
            await Task.Delay(s_pause, stoppingToken).ConfigureAwait(false);
        }
    }

    private string ConnectionString() => new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        KeepAlive = KeepAliveSeconds,
        Pooling = false,
        Multiplexing = false,
    }.ConnectionString;

#pragma warning disable CA2100 // both texts are constants
    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = new(text, connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
#pragma warning restore CA2100

    [LoggerMessage(Level = LogLevel.Warning, Message = "Word of other nodes' changes cannot be had ({Error}); this node looks for them itself meanwhile")]
    private partial void LogFault(string error);
}
