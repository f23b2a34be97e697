using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Lets one claim of this node through at a time where several writers could run them side by side: all of them would wait
/// for <see cref="ClaimLock"/>, and no writer would be left for decisions. One writer needs no gate.
/// </summary>
public sealed class ClaimGate(DatabaseOptions options) : IDisposable
{
    private readonly SemaphoreSlim? _one = options.Writers > 1 ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Runs a claim when its turn comes.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (_one is null)
        {
            return await claim().ConfigureAwait(false);
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await claim().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one?.Dispose();
}
