using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What a desk listens to: changes of its person's queues and cases, and its place in the line of those who wait.</summary>
public sealed class DeskWatch(CaseFeed feed, WaitingModerators line, IAccessGuard guard, ICurrentCaller callers, TimeProvider clock) : IDisposable
{
    // How much waits is no one's next step: once a second is plenty, and two hundred desks watch one queue.
    private static readonly TimeSpan s_figuresEach = TimeSpan.FromSeconds(1);

    private ThrottledWatch? _watch;
    private ThrottledWatch? _figures;

    /// <summary>Begins to listen: the first change at once, then at most five times a second.</summary>
    /// <param name="onEvents">Called with what may concern the desk.</param>
    /// <param name="onFigures">Called when more or less waits in any queue, at most once a second.</param>
    public async Task StartAsync(
        Func<IReadOnlyList<OutboxEvent>, Task> onEvents, Func<Task> onFigures, CancellationToken cancellationToken)
    {
        Caller me = await callers.GetAsync();
        bool seesChildSafety = await guard.HasAsync(me, Permission.ChildSafety, cancellationToken);
        _watch = new ThrottledWatch(feed, change => Concerns(change, me.Id, seesChildSafety), onEvents, clock);
        _figures = new ThrottledWatch(
            feed, change => change.QueueId is not null && (!change.ChildSafety || seesChildSafety), _ => onFigures(), clock, s_figuresEach);
    }

    /// <summary>Joins the line of those who wait; dispose to leave it.</summary>
    public IDisposable Join(IReadOnlySet<Guid> queues, Func<Task<bool>> tryTake) => line.Join(queues, tryTake);

    /// <inheritdoc />
    public void Dispose()
    {
        _watch?.Dispose();
        _figures?.Dispose();
    }

    private static bool Concerns(OutboxEvent change, Guid me, bool seesChildSafety) =>
        (!change.ChildSafety || seesChildSafety)
        && (change.PersonId == me
            || (change.PersonId is null
                && change.Kind is LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.QueueChanged or LiveKind.MediaChanged or LiveKind.ConfigurationChanged));
}
