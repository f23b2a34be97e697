using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>Asks the database each second whether it is there, so that people are told before they lose patience, and again once it is back.</summary>
public sealed partial class WatchDatabase(IDbContextFactory<ConsoleDbContext> contexts, NodeState state, TimeProvider clock, ILogger<WatchDatabase> log)
    : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

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
                await db.Database.ExecuteSqlRawAsync("SELECT 1", patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again")]
    private partial void LogBack();
}
