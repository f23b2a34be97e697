using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Work that is done again and again in the background, on one node for all. A pass that fails is logged and the next one tries
/// again; a node that lost the duty breaks off.
/// </summary>
public abstract partial class PeriodicWork(TimeSpan period, NodeDuties nodes, TimeProvider clock, ILogger log) : BackgroundService
{
    private readonly NodeDuties _nodes = nodes;
    private readonly NodeDuty _duty = nodes.For(NodeDuties.Periodic);
    private readonly ILogger _log = log;

    /// <summary>Does one pass.</summary>
    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Does something with each, and tells of the first that failed only after all had their turn: one that cannot be done keeps no other from it.</summary>
    protected internal static async Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(act);
        Exception? first = null;
        foreach (T one in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await act(one).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // it is told when the others are done
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                first ??= error;
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (_duty.Term is { } term)
                {
                    await TryOnceAsync(term, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    private async Task TryOnceAsync(DutyTerm term, CancellationToken stoppingToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, term.Over);
        try
        {
            // This node may have slept since it last looked.
            if (await _nodes.HoldsAsync(term, either.Token).ConfigureAwait(false))
            {
                await RunOnceAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (term.Over.IsCancellationRequested)
        {
            // Another node goes on with it.
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
