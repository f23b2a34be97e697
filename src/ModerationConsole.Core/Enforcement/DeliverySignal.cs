using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Wakes the deliveries of this node after a commit: an action may have been written that is due at once.</summary>
public sealed class DeliverySignal : ICommitListener, IDisposable
{
    private readonly OutboxSignal _inner = new();

    /// <inheritdoc />
    public void Committed() => _inner.Committed();

    /// <summary>Returns when raised, or after <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken) => _inner.WaitAsync(atMost, clock, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _inner.Dispose();
}
