namespace ModerationConsole.Core.Media;

/// <summary>What a background service sleeps by: wakes it when rung, and at each poll.</summary>
internal sealed class Alarm(TimeSpan poll, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>Wakes the sleeper now, or keeps it from falling asleep.</summary>
    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake: one look finds everything.
        }
    }

    /// <summary>Waits until it is rung or the poll's time is up. Throws only when cancelled.</summary>
    public async Task SleepAsync(CancellationToken cancellationToken)
    {
        using var clockwork = new CancellationTokenSource(poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clockwork.Token, cancellationToken);
        try
        {
            await _rung.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll's time is up.
        }
    }

    public void Dispose() => _rung.Dispose();
}
