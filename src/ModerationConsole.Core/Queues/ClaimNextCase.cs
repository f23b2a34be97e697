using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of asking for work.</summary>
public enum ClaimOutcome
{
    Claimed,

    /// <summary>The person holds a task in that place already; it is returned, so that a second tab shows the same one.</summary>
    AlreadyHolding,

    /// <summary>Nothing waits that this person may take.</summary>
    NothingSuitable,

    /// <summary>The person is offered nothing at all at the moment: on a break, away.</summary>
    Resting,

    /// <summary>The person may not work that queue, or none at all.</summary>
    NoQueue,
}

/// <summary>Outcome of a claim and, for the first two, the task.</summary>
public sealed record ClaimResult(ClaimOutcome Outcome, LeasedTask? Task = null);

/// <summary>
/// Gives a person the next task that they may take, by priority, then deadline, then age. One is drawn ahead only where another
/// waits behind it.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class ClaimNextCase(
    WritePath writes, IAccessGuard guard, OfferRules offers, ClaimForesight foresight, IOptions<LeaseOptions> options) : IUseCase
{
    /// <summary>Claims for the caller from one queue, or from all they may work.</summary>
    /// <param name="slot">To be shown at once, or drawn ahead. Asking for one to show takes the one drawn ahead first.</param>
    public async Task<ClaimResult> RunAsync(
        Caller caller, Guid? queueId, LeaseSlot slot = LeaseSlot.Shown, CancellationToken cancellationToken = default)
    {
        await guard.DemandAsync<ClaimNextCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        try
        {
            return await writes.RunAsync(
                (scope, token) => ClaimAsync(scope, caller, permissions, queueId, slot, token),
                new Foreseen(foresight, new ClaimAsk(caller.Id, permissions, queueId, slot)), cancellationToken, ClaimLane.Lane).ConfigureAwait(false);
        }
        catch (RowsInMotionException)
        {
            // Others had their hands on all of it, time after time: nothing is left.
            return new ClaimResult(ClaimOutcome.NothingSuitable);
        }
    }

    private async Task<ClaimResult> ClaimAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, Guid? queueId, LeaseSlot slot, CancellationToken cancellationToken)
    {
        Reviewer? person = await Reviewer.FindAsync(scope.Reads, caller.Id, permissions, cancellationToken).ConfigureAwait(false);
        Guid[] queues = [.. (person?.Queues ?? []).Where(queue => queueId is null || queue == queueId)];
        if (person is null || queues.Length == 0)
        {
            return new ClaimResult(ClaimOutcome.NoQueue);
        }

        List<ActiveLease> mine = await LiveLeasesAsync(scope, person.Id, cancellationToken).ConfigureAwait(false);
        if (mine.Find(lease => lease.Slot == slot) is { } held)
        {
            ReviewTask task = await TaskAsync(scope, held.TaskNumber, cancellationToken).ConfigureAwait(false);
            return new ClaimResult(ClaimOutcome.AlreadyHolding, LeasedTask.Of(held, task));
        }

        if (!await offers.MayWorkAsync(scope.Reads, person.Id, scope.Now, cancellationToken).ConfigureAwait(false))
        {
            return new ClaimResult(ClaimOutcome.Resting);
        }

        person = person with { Bar = await offers.BarAsync(scope.Reads, person.Id, scope.Now, cancellationToken).ConfigureAwait(false) };
        // Nothing of a paused queue is offered, not even what was drawn ahead.
        queues = [.. queues.Where(queue => !person.IsPaused(queue, scope.Now))];
        LeasedTask? claimed = slot == LeaseSlot.Shown && mine.Find(lease => lease.Slot == LeaseSlot.Spare) is { } spare
            ? await ShowSpareAsync(scope, caller, person, queues, spare, cancellationToken).ConfigureAwait(false)
            : null;
        claimed ??= await DrawAsync(scope, caller, person, queues, slot, cancellationToken).ConfigureAwait(false);
        return claimed is null ? new ClaimResult(ClaimOutcome.NothingSuitable) : new ClaimResult(ClaimOutcome.Claimed, claimed);
    }

    // What ran out but was not yet swept up would block the place, so it is ended here.
    private static async Task<List<ActiveLease>> LiveLeasesAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        List<ActiveLease> leases = await scope.Reads.FindAsync(ReviewerReads.Leases, personId, cancellationToken).ConfigureAwait(false) ?? [];
        List<ActiveLease> expired = leases.FindAll(lease => lease.HasExpired(scope.Now));
        foreach (ActiveLease lease in expired)
        {
            await scope.EndLeaseAsync(Caller.System, lease, LeaseEnd.Expired, cancellationToken).ConfigureAwait(false);
        }

        if (expired.Count > 0)
        {
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. leases.Except(expired)];
    }

    private async Task<LeasedTask?> ShowSpareAsync(
        WriteScope scope, Caller caller, Reviewer person, Guid[] queues, ActiveLease spare, CancellationToken cancellationToken)
    {
        ReviewTask task = await TaskAsync(scope, spare.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (queues.Contains(task.QueueId) && await offers.StillMayTakeAsync(scope, person, task, cancellationToken).ConfigureAwait(false))
        {
            spare.Show(scope.Now, options.Value);
            return LeasedTask.Of(spare, task);
        }

        await scope.EndLeaseAsync(caller, spare, LeaseEnd.Released, cancellationToken).ConfigureAwait(false);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<LeasedTask?> DrawAsync(
        WriteScope scope, Caller caller, Reviewer person, Guid[] queues, LeaseSlot slot, CancellationToken cancellationToken)
    {
        // The last one that waits is not put aside: whoever asks next must not find an empty queue beside a case that nobody works on.
        int behind = slot == LeaseSlot.Spare ? 1 : 0;
        ClaimPages shared = scope.Reads.Shared<ClaimPages>() ?? ClaimPages.None;
        // Where another node is drawing as well, its whole group may be gone already: the further in, the more at once.
        int atOnce = 1;
        bool passed = false;
        List<WaitingTask> suitable = [];
        await foreach (WaitingTask candidate in ClaimOrder.CandidatesAsync(scope.Reads, person, queues, shared, cancellationToken).ConfigureAwait(false))
        {
            if (await offers.MayTakeBarAsideAsync(new OfferQuestion(scope.Db, person, candidate, scope.Now), cancellationToken).ConfigureAwait(false))
            {
                suitable.Add(candidate);
            }

            if (suitable.Count < atOnce + behind)
            {
                continue;
            }

            if (await TakeAsync(scope.Db, shared, suitable[..atOnce], cancellationToken).ConfigureAwait(false) is { } wanted)
            {
                return await LeaseAsync(scope, caller, person, wanted, slot, cancellationToken).ConfigureAwait(false);
            }

            passed = true;
            suitable.RemoveRange(0, atOnce);
            atOnce = Math.Min(atOnce * 8, WriteGroup.Largest);
        }

        return suitable.Count > behind && await TakeAsync(scope.Db, shared, suitable[..^behind], cancellationToken).ConfigureAwait(false) is { } last
            ? await LeaseAsync(scope, caller, person, last, slot, cancellationToken).ConfigureAwait(false)
            : passed || suitable.Count > behind ? throw new RowsInMotionException() : null;
    }

    private static async Task<WaitingTask?> TakeAsync(ConsoleDbContext db, ClaimPages shared, List<WaitingTask> inOrder, CancellationToken cancellationToken)
    {
        if (shared.Take(db, inOrder) is { } ours)
        {
            return ours;
        }

        WaitingTask? taken = await db.TakeFirstAsync(inOrder, cancellationToken).ConfigureAwait(false);
        if (taken is not null)
        {
            shared.Note(taken);
        }

        return taken;
    }

    private async Task<LeasedTask> LeaseAsync(
        WriteScope scope, Caller caller, Reviewer person, WaitingTask wanted, LeaseSlot slot, CancellationToken cancellationToken)
    {
        ReviewTask task = await TaskAsync(scope, wanted.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (wanted.IsMeant)
        {
            await scope.Db.Set<TaskReservation>().Where(row => row.TaskNumber == wanted.TaskNumber).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return LeasedTask.Of(scope.AddLease(caller, task, task.Lease(), person.Id, slot, options.Value), task);
    }

    private static async Task<ReviewTask> TaskAsync(WriteScope scope, long number, CancellationToken cancellationToken) =>
        await scope.Reads.FindAsync(TaskReads.Tasks, number, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A lease or a waiting row without its task.");
}
