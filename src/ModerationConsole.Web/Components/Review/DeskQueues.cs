using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The queues a person works, as the person who sits at the desk.</summary>
public sealed class DeskQueues(ICurrentCaller callers, MyQueues mine, ListMoveTargets targets, MoveTask move)
{
    /// <summary>The queues the person may work, with how much waits in each.</summary>
    public async Task<IReadOnlyList<MyQueue>> ListAsync(CancellationToken cancellationToken) =>
        await mine.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>The same queues, with how much waits now; the same list where nothing is new.</summary>
    public async Task<IReadOnlyList<MyQueue>> RenewAsync(IReadOnlyList<MyQueue> known, CancellationToken cancellationToken) =>
        await mine.RenewAsync(await callers.GetAsync(), known, cancellationToken);

    /// <summary>Queues that a case can be sent to.</summary>
    public async Task<IReadOnlyList<MoveTarget>> TargetsAsync(DeskCase about, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        return await targets.RunAsync(await callers.GetAsync(), about.Queue.Id, cancellationToken);
    }

    /// <summary>Sends the case to another queue.</summary>
    public async Task<Departure> MoveAsync(DeskCase about, MoveTarget to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(to);
        return await move.RunAsync(await callers.GetAsync(), about.TaskNumber, about.Fence, to.Id, cancellationToken) switch
        {
            MoveOutcome.Moved => Departure.Left(DeskText.Moved.With(to.Name)),
            MoveOutcome.NotYours => Departure.NotYours,
            MoveOutcome.SameQueue => Departure.Refused(DeskText.MoveSame),
            MoveOutcome.QueueClosed => Departure.Refused(DeskText.MoveClosed),
            MoveOutcome.ChildSafetyStays => Departure.Refused(DeskText.MoveChildSafety),
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
    }
}
