using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Who waits for work on this node. A task that begins to wait is offered to one desk after the other, the one that has
/// waited longest first, until one takes it: a hundred waiting desks must not run for the same task.
/// </summary>
public sealed partial class WaitingModerators(CaseFeed feed, NodeState node, TimeProvider clock, ILogger<WaitingModerators> log) : BackgroundService
{
    private const int MostPending = 10_000;

    // A desk whose page hangs must not hold up the line.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // When more is pending than anyone can take, what is dropped is found by the desk that claims next.
    private readonly Channel<Guid> _queued = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(MostPending) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _places = [];
    private IDisposable? _watching;

    /// <summary>Joins the end of the line. Claim once after joining: what began to wait before is offered to nobody again.</summary>
    /// <param name="queues">Queues whose tasks are wanted.</param>
    /// <param name="tryTake">Claims; true when a task was taken. Called for one desk at a time.</param>
    /// <returns>Dispose it to leave the line.</returns>
    public IDisposable Join(IReadOnlySet<Guid> queues, Func<Task<bool>> tryTake)
    {
        Place place = new(this, queues, tryTake);
        lock (_gate)
        {
            _places.AddLast(place);
        }

        return place;
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = feed.Subscribe(
            change => change is { Kind: LiveKind.CaseQueued, QueueId: not null } && IsWanted(change.QueueId.Value),
            changes =>
            {
                foreach (Guid queue in changes.SelectMany(change => change.QueueId is { } queue ? [queue] : Wanted()))
                {
                    _queued.Writer.TryWrite(queue);
                }
            });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _watching?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Guid queueId in _queued.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                await OfferAsync(queueId).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node shuts down.
        }
    }

    private async Task OfferAsync(Guid queueId)
    {
        if (node.IsLeaving)
        {
            // Someone at another node takes it, and keeps it.
            return;
        }

        Place[] line;
        lock (_gate)
        {
            line = [.. _places.Where(place => place.Queues.Contains(queueId))];
        }

        foreach (Place place in line)
        {
            try
            {
                if (place.IsWaiting && await place.TryTake().WaitAsync(s_patience, clock).ConfigureAwait(false))
                {
                    return;
                }
            }
#pragma warning disable CA1031 // a desk that just closed must not keep the task from the next in line
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
            }
        }
    }

    // Where changes were missed anything may wait: each queue is offered once.
    private Guid[] Wanted()
    {
        lock (_gate)
        {
            return [.. _places.SelectMany(place => place.Queues).Distinct()];
        }
    }

    private bool IsWanted(Guid queueId)
    {
        lock (_gate)
        {
            return _places.Any(place => place.Queues.Contains(queueId));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A waiting desk could not take a task ({Error}); the next one is asked")]
    private partial void LogFault(string error);

    private sealed class Place(WaitingModerators line, IReadOnlySet<Guid> queues, Func<Task<bool>> tryTake) : IDisposable
    {
        public IReadOnlySet<Guid> Queues => queues;

        public Func<Task<bool>> TryTake => tryTake;

        public bool IsWaiting { get; private set; } = true;

        public void Dispose()
        {
            lock (line._gate)
            {
                IsWaiting = false;
                line._places.Remove(this);
            }
        }
    }
}
