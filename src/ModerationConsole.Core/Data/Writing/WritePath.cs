using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace ModerationConsole.Core.Data;

/// <summary>
/// The one way to change state. An operation runs inside an open transaction, re-reads what it depends on, changes it and
/// returns an outcome. Operations of many people share a transaction where they wait at the same time: one commit makes all of
/// them durable, and each has its own outcome. One that throws takes nothing from its neighbours. An operation may be run
/// again, so it must have no effect outside its scope.
/// </summary>
public sealed class WritePath : BackgroundService
{
    private readonly WriteGroup _group;
    private readonly Dictionary<WriteLane, Channel<IWriteOperation>> _lanes = [];
    private readonly List<(WriteLane Lane, Channel<IWriteOperation> Waiting, int Writers)> _work = [];

    /// <summary>Makes the path with the general lane and those that rooms brought along.</summary>
    public WritePath(WriteGroup group, DatabaseOptions options, IEnumerable<WriteLane> lanes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lanes);
        _group = group;
        foreach (WriteLane lane in lanes.Prepend(WriteLane.General))
        {
            if (options.HasOneWriter && _work.Count > 0)
            {
                _lanes[lane] = _work[0].Waiting;
                continue;
            }

            int writers = options.HasOneWriter ? 1 : lane.Writers;
            Channel<IWriteOperation> waiting = Channel.CreateBounded<IWriteOperation>(
                new BoundedChannelOptions(10_000) { SingleReader = writers == 1, FullMode = BoundedChannelFullMode.Wait });
            _lanes[lane] = waiting;
            _work.Add((lane, waiting, writers));
        }
    }

    /// <summary>Runs <paramref name="operation"/> in a transaction and returns its outcome once that is durable.</summary>
    /// <param name="lane">With which others it shares transactions; null for <see cref="WriteLane.General"/>.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was begun; once begun it is finished.</exception>
    public Task<T> RunAsync<T>(
        Func<WriteScope, CancellationToken, Task<T>> operation, CancellationToken cancellationToken, WriteLane? lane = null) =>
        RunAsync(operation, foreseen: null, cancellationToken, lane);

    /// <summary>The same for an operation of which a group can be read for at once.</summary>
    internal async Task<T> RunAsync<T>(
        Func<WriteScope, CancellationToken, Task<T>> operation, Foreseen? foreseen, CancellationToken cancellationToken, WriteLane? lane = null)
    {
        WriteOperation<T> queued = new(operation, cancellationToken, foreseen);
        await _lanes[lane ?? WriteLane.General].Writer.WriteAsync(queued, cancellationToken).ConfigureAwait(false);
        return await queued.Completion.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is finished: the channels drain before the writers end.
        foreach ((_, Channel<IWriteOperation> waiting, _) in _work)
        {
            waiting.Writer.TryComplete();
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from work in _work
        from writer in Enumerable.Range(0, work.Writers)
        select Task.Run(() => WriteAsync(work.Lane, work.Waiting.Reader), CancellationToken.None));

    // Ends with its channel and by nothing else: the token is cancelled, too, when the console is told to end while it still
    // starts, and what is accepted after that must not wait for ever.
    private async Task WriteAsync(WriteLane lane, ChannelReader<IWriteOperation> waiting)
    {
        try
        {
            // One that comes alone runs alone and waits for nobody: a group is what has gathered while the one before it ran.
            List<IWriteOperation> gathered = new(WriteGroup.Largest);
            while (await waiting.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (gathered.Count < WriteGroup.Largest && waiting.TryRead(out IWriteOperation? next))
                {
                    if (!next.EndIfCancelled())
                    {
                        gathered.Add(next);
                    }
                }

                await _group.RunAsync(lane, gathered).ConfigureAwait(false);
                gathered.Clear();
            }
        }
        finally
        {
            while (waiting.TryRead(out IWriteOperation? abandoned))
            {
                abandoned.Fail(new InvalidOperationException("The console is shutting down; nothing was stored."));
            }
        }
    }
}
