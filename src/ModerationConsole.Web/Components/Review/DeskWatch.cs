using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What a desk listens to: changes of its person's queues and cases, and its place in the line of those who wait.</summary>
public sealed class DeskWatch(CaseFeed feed, WaitingModerators line, IAccessGuard guard, ICurrentCaller callers, TimeProvider clock) : IDisposable
{
    private ThrottledWatch? _watch;

    /// <summary>Begins to listen: the first change at once, then at most five times a second.</summary>
    public async Task StartAsync(Func<IReadOnlyList<OutboxEvent>, Task> onEvents, CancellationToken cancellationToken)
    {
        Caller me = await callers.GetAsync();
        bool seesChildSafety = await guard.HasAsync(me, Permission.ChildSafety, cancellationToken);
        _watch = new ThrottledWatch(feed, change => Concerns(change, me.Id, seesChildSafety), onEvents, clock);
    }

    /// <summary>Joins the line of those who wait; dispose to leave it.</summary>
    public IDisposable Join(IReadOnlySet<Guid> queues, Func<Task<bool>> tryTake) => line.Join(queues, tryTake);

    /// <inheritdoc />
    public void Dispose() => _watch?.Dispose();

    private static bool Concerns(OutboxEvent change, Guid me, bool seesChildSafety) =>
        (!change.ChildSafety || seesChildSafety)
        && (change.PersonId == me
            || (change.PersonId is null
                && change.Kind is LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.QueueChanged or LiveKind.MediaChanged or LiveKind.ConfigurationChanged));
}
