using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The use cases by which the desk takes, keeps and gives back tasks, as the person who sits at it.</summary>
public sealed class DeskTasks(
    ICurrentCaller callers, ClaimNextCase claim, GetDeskCase get, GetTaskFate fate, KeepLease keep, GraceLeases grace, ReleaseTask release,
    TakeTaskBack takeBack, FindGivenBack givenBack, ReadDraft draft)
{
    /// <summary>Asks for the next task.</summary>
    public async Task<ClaimResult> ClaimAsync(Guid? queueId, CancellationToken cancellationToken) =>
        await claim.RunAsync(await callers.GetAsync(), queueId, LeaseSlot.Shown, cancellationToken);

    /// <summary>Draws the next task ahead; null when there is none to be had.</summary>
    public async Task<LeasedTask?> ClaimAheadAsync(Guid? queueId, CancellationToken cancellationToken) =>
        (await claim.RunAsync(await callers.GetAsync(), queueId, LeaseSlot.Spare, cancellationToken)).Task;

    /// <summary>The case of a task that was drawn ahead; null when it is not ahead (any more).</summary>
    public async Task<DeskCase?> GetAheadAsync(long taskNumber, CancellationToken cancellationToken) =>
        await get.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken, LeaseSlot.Spare);

    /// <summary>Gives back what was drawn ahead. Nobody has seen it, so it may be offered to the person again.</summary>
    public async Task GiveBackAsync(long taskNumber, long fence) =>
        // Not cancelled with the page: closing it is when others should get it.
        await release.RunAsync(await callers.GetAsync(), taskNumber, fence, exclude: false, CancellationToken.None);

    /// <summary>The case of a task on the screen; null when it is not (any more).</summary>
    public async Task<DeskCase?> GetAsync(long taskNumber, CancellationToken cancellationToken) =>
        await get.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken);

    /// <summary>What became of a task.</summary>
    public Task<TaskFate> FateAsync(DeskCase about, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        return FateAsync(about.TaskNumber, about.Fence, cancellationToken);
    }

    /// <summary>What became of a task that was drawn under a number.</summary>
    public async Task<TaskFate> FateAsync(long taskNumber, long fence, CancellationToken cancellationToken) =>
        await fate.RunAsync(await callers.GetAsync(), taskNumber, fence, cancellationToken);

    /// <summary>What the person had begun to write about a task.</summary>
    public async Task<KeptForm?> DraftAsync(long taskNumber, CancellationToken cancellationToken) =>
        KeptForm.Read(await draft.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken));

    /// <summary>Shows life; returns what is held: the task that belongs on the screen and the one drawn ahead.</summary>
    /// <param name="atWork">Whether someone is at the desk at this moment.</param>
    public async Task<HeldTasks> KeepAsync(CancellationToken cancellationToken, bool atWork = false)
    {
        IReadOnlyList<LeasedTask> held = await keep.RunAsync(await callers.GetAsync(), cancellationToken, atWork);
        return new HeldTasks(held.FirstOrDefault(task => task.Slot == LeaseSlot.Shown), held.FirstOrDefault(task => task.Slot == LeaseSlot.Spare));
    }

    /// <summary>The line to the page is lost: what the person holds lasts for the grace period.</summary>
    public async Task GraceAsync(CancellationToken cancellationToken) => await grace.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>Gives a task back; the person is not offered it again.</summary>
    public async Task<ReleaseOutcome> ReleaseAsync(long taskNumber, long fence, CancellationToken cancellationToken) =>
        await release.RunAsync(await callers.GetAsync(), taskNumber, fence, exclude: true, cancellationToken);

    /// <summary>What the person gave back a moment ago and may take back; null where there is nothing.</summary>
    public async Task<GivenBack?> GivenBackAsync(CancellationToken cancellationToken) =>
        await givenBack.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>Takes back what was given back a moment ago, if it still waits.</summary>
    public async Task<TakeBackResult> TakeBackAsync(long taskNumber, long fence, CancellationToken cancellationToken) =>
        await takeBack.RunAsync(await callers.GetAsync(), taskNumber, fence, cancellationToken);
}

/// <summary>What a person holds.</summary>
/// <param name="Shown">What belongs on the screen.</param>
/// <param name="Spare">What was drawn ahead.</param>
public sealed record HeldTasks(LeasedTask? Shown, LeasedTask? Spare);
