using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Queues;

/// <summary>Work that is done again and again in the background. A pass that fails is logged and the next one tries again.</summary>
public abstract partial class PeriodicWork(TimeSpan period, TimeProvider clock, ILogger log) : BackgroundService
{
    private readonly ILogger _log = log;

    /// <summary>Does one pass.</summary>
    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await TryOnceAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    private async Task TryOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // the database may be gone for a while; the next pass finds what this one missed
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(GetType().Name, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A pass of {Work} failed ({Error}); trying again")]
    private partial void LogFault(string work, string error);
}
