using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>Asks the database each second whether it is there, so that people are told before they lose patience, and again once it is back.</summary>
public sealed partial class WatchDatabase(IDbContextFactory<ConsoleDbContext> contexts, NodeState state, TimeProvider clock, ILogger<WatchDatabase> log)
    : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private const string Snapshots = "SELECT CAST(is_read_committed_snapshot_on AS int) AS Value FROM sys.databases WHERE database_id = DB_ID()";

    // A server that is only busy answers this within a moment.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks once.</summary>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        bool before = state.DatabaseAnswers;
        try
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(patience.Token).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                await LookAsync(db, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            }

            state.Heard(answers: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever it is, nothing can be saved
        catch (Exception error)
#pragma warning restore CA1031
        {
            state.Heard(answers: false);
            if (before)
            {
                LogGone(error.GetType().Name);
            }

            return false;
        }

        if (!before)
        {
            LogBack();
        }

        return true;
    }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything goes by the time of day.
        await AskAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task LookAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        if (db is SqlServerConsoleContext && state.ReadsBesideWriters is null)
        {
            Told(await db.Database.SqlQueryRaw<int>(Snapshots).SingleAsync(cancellationToken).ConfigureAwait(false) != 0);
        }

        if (clock is not ServerClock shared)
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
        }
        else if (await shared.CompareAsync(db, cancellationToken).ConfigureAwait(false))
        {
            state.Differs(shared.Off);
            LogOff(shared.Off.TotalSeconds);
        }
    }

    /// <summary>Whether readers of SQL Server pass writers by is known: said once, because it is a setting of the database.</summary>
    internal void Told(bool readsBesideWriters)
    {
        state.Reads(readsBesideWriters);
        if (!readsBesideWriters)
        {
            LogNoSnapshots();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_every, clock, stoppingToken).ConfigureAwait(false);
                await AskAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not answer ({Error}); people are told that saving is delayed")]
    private partial void LogGone(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database server's time of day is {Seconds:0.0} s from this machine's; this node goes by the server's. Set the machine's clock")]
    private partial void LogOff(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "READ_COMMITTED_SNAPSHOT is off in the database: readers wait for writers. Recommended: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON")]
    private partial void LogNoSnapshots();

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again")]
    private partial void LogBack();
}
