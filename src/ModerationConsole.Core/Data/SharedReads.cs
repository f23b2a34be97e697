using System.Collections.Concurrent;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Lets everyone who asks for the same at the same time share one read. Whoever asks gets a read that began after they asked,
/// so nobody is shown less than what they were told of; where two hundred pages show one case, a change costs two reads.
/// </summary>
public sealed class SharedReads<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Line> _lines = new();

    /// <summary>Reads, or takes part in a read that has yet to begin.</summary>
    /// <param name="key">What is asked for, with all that its answer depends on.</param>
    /// <param name="read">How it is read; the first who asks for a read does it for the others, so it knows no one's cancellation.</param>
    /// <param name="cancellationToken">Ends this one's waiting, not the read.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        while (true)
        {
            Line line = _lines.GetOrAdd(key, _ => new Line());
            if (line.Join(read, () => _lines.TryRemove(KeyValuePair.Create(key, line))) is { } answer)
            {
                return answer.WaitAsync(cancellationToken);
            }
        }
    }

    // One read is under way, the next one gathers who came since it began.
    private sealed class Line
    {
        private readonly Lock _gate = new();
        private bool _reading;
        private bool _closed;
        private TaskCompletionSource<TValue>? _next;
        private Func<Task<TValue>>? _nextRead;

        public Task<TValue>? Join(Func<Task<TValue>> read, Action close)
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return null;
                }

                if (_reading)
                {
                    _nextRead ??= read;
                    return (_next ??= new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                }

                _reading = true;
            }

            TaskCompletionSource<TValue> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = RunAsync(first, read, close);
            return first.Task;
        }

        private async Task RunAsync(TaskCompletionSource<TValue> answer, Func<Task<TValue>> read, Action close)
        {
            while (true)
            {
                try
                {
                    answer.SetResult(await read().ConfigureAwait(false));
                }
#pragma warning disable CA1031 // what a read throws belongs to those who asked for it
                catch (Exception error)
#pragma warning restore CA1031
                {
                    answer.SetException(error);
                }

                lock (_gate)
                {
                    if (_next is null)
                    {
                        _closed = true;
                        close();
                        return;
                    }

                    (answer, read) = (_next, _nextRead!);
                    (_next, _nextRead) = (null, null);
                }
            }
        }
    }
}
