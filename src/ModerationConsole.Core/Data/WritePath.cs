using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data;

/// <summary>
/// The one way to change state. An operation runs inside an open transaction, re-reads what it depends on, changes it and
/// returns an outcome; the transaction commits when it returns and rolls back when it throws. An operation may be run again
/// after a conflict, so it must have no effect outside its scope.
/// </summary>
public sealed partial class WritePath(
    IDbContextFactory<ConsoleDbContext> contexts,
    DatabaseOptions options,
    TimeProvider clock,
    IEnumerable<ICommitListener> listeners,
    ILogger<WritePath> log) : BackgroundService
{
    private const int MaxAttempts = 10;

    private readonly Channel<IWriteOperation> _queue = Channel.CreateBounded<IWriteOperation>(
        new BoundedChannelOptions(10_000) { SingleReader = false, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Runs <paramref name="operation"/> in a transaction and returns its outcome once that is durable.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was begun; once begun it is finished.</exception>
    public async Task<T> RunAsync<T>(Func<WriteScope, CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        WriteOperation<T> queued = new(operation, cancellationToken);
        await _queue.Writer.WriteAsync(queued, cancellationToken).ConfigureAwait(false);
        return await queued.Completion.ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Writers).Select(_ => Task.Run(() => WriteAsync(stoppingToken), CancellationToken.None)));

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is finished: the channel drains before the writers end.
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (IWriteOperation operation in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await operation.RunAsync(this).ConfigureAwait(false);
                if (stoppingToken.IsCancellationRequested && _queue.Reader.Count == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            while (_queue.Reader.TryRead(out IWriteOperation? abandoned))
            {
                abandoned.Abandon();
            }
        }
    }

    private async Task<T> CommitAsync<T>(Func<WriteScope, CancellationToken, Task<T>> operation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await CommitOnceAsync(operation).ConfigureAwait(false);
            }
            catch (Exception error) when (attempt < MaxAttempts && WriteConflict.Is(error))
            {
                LogConflict(attempt, error.GetType().Name);
                // Real time, whatever clock the rules go by: this only lets the other writer finish.
                await Task.Delay(Random.Shared.Next(2, 10 << Math.Min(attempt, 5))).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> CommitOnceAsync<T>(Func<WriteScope, CancellationToken, Task<T>> operation)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(options.Isolation, CancellationToken.None).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                WriteScope scope = new(db, clock.Now());
                T outcome = await operation(scope, CancellationToken.None).ConfigureAwait(false);
                if (scope.Discarded)
                {
                    return outcome;
                }

                await db.SaveChangesAsync().ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
                Committed(scope);

                return outcome;
            }
        }
    }

    private void Committed(WriteScope scope)
    {
        foreach (Action action in scope.AfterCommitActions)
        {
            action();
        }

        foreach (ICommitListener listener in listeners)
        {
            listener.Committed();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Write attempt {Attempt} met a conflict ({Error}); running it again")]
    private partial void LogConflict(int attempt, string error);

    private interface IWriteOperation
    {
        Task RunAsync(WritePath path);

        void Abandon();
    }

    private sealed class WriteOperation<T>(Func<WriteScope, CancellationToken, Task<T>> operation, CancellationToken cancellationToken) : IWriteOperation
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Completion => _completion.Task;

        public async Task RunAsync(WritePath path)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _completion.TrySetCanceled(cancellationToken);
                return;
            }

            try
            {
                _completion.TrySetResult(await path.CommitAsync(operation).ConfigureAwait(false));
            }
#pragma warning disable CA1031 // whatever the operation throws belongs to its caller; the writer lives on
            catch (Exception error)
#pragma warning restore CA1031
            {
                _completion.TrySetException(error);
            }
        }

        public void Abandon() => _completion.TrySetException(new InvalidOperationException("The console is shutting down; nothing was stored."));
    }
}
