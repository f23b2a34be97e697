using System.Diagnostics;

namespace ModerationConsole.Core.Data;

/// <summary>What one operation of a group came to, not yet told to whoever waits for it.</summary>
internal enum WriteStep
{
    /// <summary>It ran; what it changed is in the open transaction.</summary>
    Ran,

    /// <summary>It refused after it had changed something: its transaction must not commit.</summary>
    Discarded,
}

/// <summary>An operation that waits for its turn, and whoever waits for it.</summary>
internal interface IWriteOperation
{
    /// <summary>Since when its caller waits, by the stopwatch.</summary>
    long Queued { get; }

    /// <summary>What it said of itself; null where it reads for itself.</summary>
    Foreseen? Foreseen { get; }

    /// <summary>Ends one whose caller has gone before it began; true if it was so.</summary>
    bool EndIfCancelled();

    /// <summary>Runs it inside a scope. Run again, it forgets what it came to before.</summary>
    Task<WriteStep> RunAsync(WriteScope scope);

    /// <summary>Its transaction is durable, or nothing of it was to be: tells the outcome.</summary>
    void Finish();

    /// <summary>Nothing of it was stored.</summary>
    void Fail(Exception error);
}

/// <summary>An operation with its outcome.</summary>
internal sealed class WriteOperation<T>(
    Func<WriteScope, CancellationToken, Task<T>> operation, CancellationToken cancellationToken, Foreseen? foreseen = null) : IWriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteScope? _scope;
    private T? _outcome;

    /// <summary>The outcome, once it is durable.</summary>
    public Task<T> Completion => _completion.Task;

    public long Queued { get; } = Stopwatch.GetTimestamp();

    public Foreseen? Foreseen => foreseen;

    public bool EndIfCancelled() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    public async Task<WriteStep> RunAsync(WriteScope scope)
    {
        _scope = scope;
        _outcome = await operation(scope, CancellationToken.None).ConfigureAwait(false);
        return scope.Discarded ? WriteStep.Discarded : WriteStep.Ran;
    }

    public void Finish()
    {
        try
        {
            foreach (Action action in _scope?.AfterCommitActions ?? [])
            {
                action();
            }
        }
        finally
        {
            _completion.TrySetResult(_outcome!);
        }
    }

    public void Fail(Exception error) => _completion.TrySetException(error);
}
