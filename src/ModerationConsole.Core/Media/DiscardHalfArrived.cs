using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Removes what a killed process left half arrived: it belongs to no media object, so nothing else would ever find it. At start,
/// and each few minutes for what is left by others.
/// </summary>
internal sealed partial class DiscardHalfArrived(
    IMediaStore store, IOptions<MediaOptions> options, TimeProvider clock, ILogger<DiscardHalfArrived> log) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    // Longer than anything that still arrives goes without a byte, in whichever process.
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_period, clock);
        do
        {
            try
            {
                store.DiscardAbandoned(clock.GetUtcNow() - TimeSpan.FromSeconds(Math.Max(options.Value.FetchTimeoutSeconds, options.Value.ClipTimeoutSeconds)) - s_slack);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                LogFault(error.GetType().Name);
            }
        }
        while (await WaitAsync(timer, stoppingToken).ConfigureAwait(false));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Half-arrived media could not be removed ({Error}); trying again")]
    private partial void LogFault(string error);
}
