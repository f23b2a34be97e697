using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// This node among the others. What it takes from a queue it takes in a term, for as long as it shows life; what a node held that is
/// known to be dead is let go at once, instead of at the end of however long the work may last.
/// </summary>
public abstract partial class NodePresence(IEnumerable<IDeadNodeHeir> heirs, WritePath writes, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock = clock;
    private readonly ILogger _log = log;
    private volatile DutyTerm? _term;

    /// <summary>
    /// In which this node may take work on itself; null while nobody knows of it. Work is given up when the term is over: others may
    /// have taken it by then.
    /// </summary>
    public DutyTerm? Term => _term is { IsHeld: true } held ? held : null;

    /// <summary>Shows life once, and looks whether others do.</summary>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // What a predecessor held that was killed is taken up at once.
        await TryAsync(LookAsync, cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await TryAsync(LeaveAsync, cancellationToken).ConfigureAwait(false);
        End();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        End();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Nobody has to wait for this node.</summary>
    protected abstract Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>The term that was begun last, over or not.</summary>
    protected DutyTerm? Last => _term;

    /// <summary>Begins a term, as a node that nobody has heard of before.</summary>
    protected void Begin(DutyTerm term)
    {
        End();
        _term = term;
    }

    /// <summary>Ends the term.</summary>
    protected void End() => Interlocked.Exchange(ref _term, null)?.Dispose();

    /// <summary>Strikes a node off, if it is still the one that was found dead, and lets go of what it held.</summary>
    /// <param name="strike">Whether this node is the one to do so.</param>
    protected async Task BuryAsync(Guid node, Func<WriteScope, CancellationToken, Task<bool>> strike, CancellationToken cancellationToken)
    {
        bool mine = await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (!await strike(scope, cancel).ConfigureAwait(false))
                {
                    return false;
                }

                foreach (IDeadNodeHeir heir in heirs)
                {
                    await heir.LetGoAsync(scope, node, cancel).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        // Whoever strikes itself off is leaving in good order.
        if (mine && node != Last?.Holder)
        {
            LogDead(node);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_look, _clock, stoppingToken).ConfigureAwait(false);
                await TryAsync(LookAsync, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // the database may be gone for a while: the term ends by itself then
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} is dead; others go on with what it had begun")]
    private partial void LogDead(Guid node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether other nodes live could not be looked up ({Error}); trying again")]
    private partial void LogFault(string error);
}
