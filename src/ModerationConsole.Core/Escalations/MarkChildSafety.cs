using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of marking a case.</summary>
public enum MarkChildSafetyOutcome
{
    /// <summary>Only those with the permission see it from now on.</summary>
    Marked,

    /// <summary>The task is no longer the person's.</summary>
    LeaseLost,

    /// <summary>It was marked before; the task stays with the person.</summary>
    AlreadyMarked,
}

/// <summary>
/// Says that the item on the screen concerns child safety. Every case of the item and its media are marked in the same moment, the
/// tasks go to the child-safety queue, whoever holds one loses it, and quality work on it ends. Where that was said on quality work, a
/// case that was decided or closed is open again and waits there.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class MarkChildSafety(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Marks the item of the caller's task.</summary>
    public async Task<MarkChildSafetyOutcome> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MarkChildSafety>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => MarkAsync(scope, caller, taskNumber, fence, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MarkChildSafetyOutcome> MarkAsync(
        WriteScope scope, Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return MarkChildSafetyOutcome.LeaseLost;
        }

        List<Case> cases = await scope.CasesOfItemAsync(mine.Task.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (cases.TrueForAll(about => about.Sensitivity == Sensitivity.ChildSafety))
        {
            return MarkChildSafetyOutcome.AlreadyMarked;
        }

        await scope.MarkChildSafetyAsync(caller, cases, taskNumber, cancellationToken).ConfigureAwait(false);
        if (!mine.Task.ChangesCase)
        {
            Case about = cases.Single(row => row.Number == mine.Task.CaseNumber);
            await MeasuringHandOn.QueueChildSafetyAsync(scope, caller, mine.Task, about, cancellationToken).ConfigureAwait(false);
        }

        return MarkChildSafetyOutcome.Marked;
    }
}
