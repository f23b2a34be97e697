namespace ModerationConsole.Core.Data;

/// <summary>What a background service sleeps by: wakes it when raised, and after its poll's time.</summary>
public class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    /// <summary>Wakes the sleeper now, or keeps it from falling asleep.</summary>
    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already raised: one look finds everything.
        }
    }

    /// <summary>Returns when raised, or after <paramref name="atMost"/>. Throws only when cancelled.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource poll = new(atMost, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancellationToken);
        try
        {
            await _raised.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll's time is up.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _raised.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Wakes a background service of this node after each of the node's commits.</summary>
public abstract class CommitSignal : WakeSignal, ICommitListener
{
    /// <inheritdoc />
    public void Committed() => Raise();
}
