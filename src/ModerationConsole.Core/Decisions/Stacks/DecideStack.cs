using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>
/// Decides the task on a person's screen together with what is shown with it as the same: one submission, one transaction, a
/// decision of its own for each, with its own actions, history and audit. A member that changed meanwhile is left out; what
/// stops the task on the screen stops all.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class DecideStack(WritePath writes, IAccessGuard guard, DecisionMaking making) : IUseCase
{
    /// <summary>Decides once; sent again it answers with the same decision.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review, or not the case on the screen.</exception>
    public async Task<DecideStackResult> RunAsync(Caller caller, DecideStackCommand command, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DecideStack>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(command);
        if (DecisionCheck.RefusalOf(command.Shown) is { } refusal)
        {
            return new DecideStackResult(new DecideResult(refusal));
        }

        DecideStackCommand clean = command with
        {
            Shown = DecisionMaking.Clean(command.Shown),
            Members = [.. command.Members.DistinctBy(member => member.TaskNumber).Where(member => member.TaskNumber != command.Shown.TaskNumber).Take(GatherStack.MostMembers)],
        };
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => DecideAsync(scope, caller, clean, held, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DecideStackResult> DecideAsync(
        WriteScope scope, Caller caller, DecideStackCommand command, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, command.Shown.TaskNumber, command.Shown.Fence, cancellationToken).ConfigureAwait(false)
            is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return await AgainAsync(scope, caller.Id, command.Shown, cancellationToken).ConfigureAwait(false);
        }

        (ReadyDecision? shown, DecideResult? refusal) = await DecisionMaking.CheckAsync(
            scope, command.Shown, mine.Lease, mine.Task, held, cancellationToken).ConfigureAwait(false);
        if (shown is null)
        {
            return new DecideStackResult(refusal!);
        }

        List<ReadyDecision> ready = [];
        List<StackLeftOut> leftOut = [];
        foreach (StackMemberChoice choice in command.Members)
        {
            (ReadyDecision? member, StackLeftOutReason why) = await CheckAsync(scope, caller.Id, shown, choice, held, cancellationToken).ConfigureAwait(false);
            if (member is null)
            {
                leftOut.Add(new StackLeftOut(choice.TaskNumber, why));
            }
            else
            {
                ready.Add(member);
            }
        }

        // The members first: what is still in the stack when the task on the screen is decided goes back.
        Guid stackId = Guid.CreateVersion7();
        double share = 1.0 / (ready.Count + 1);
        for (int place = 0; place < ready.Count; place++)
        {
            await making.MakeAsync(
                scope, caller, ready[place], held, new StackedSeat(stackId, place + 1, ready[place].Lease.Alike, share), cancellationToken).ConfigureAwait(false);
        }

        StackedSeat? seat = ready.Count == 0 ? null : new StackedSeat(stackId, 0, null, share);
        return new DecideStackResult(await making.MakeAsync(scope, caller, shown, held, seat, cancellationToken).ConfigureAwait(false))
        {
            Members = ready.Count,
            LeftOut = leftOut,
        };
    }

    private static async Task<(ReadyDecision? Ready, StackLeftOutReason Why)> CheckAsync(
        WriteScope scope, Guid personId, ReadyDecision shown, StackMemberChoice choice, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(personId, choice.TaskNumber, choice.Fence, cancellationToken).ConfigureAwait(false)
                is not { Lease.Slot: LeaseSlot.Stack } mine
            || mine.Lease.StackOf != shown.Task.Number)
        {
            return (null, StackLeftOutReason.Gone);
        }

        try
        {
            (ReadyDecision? ready, DecideResult? refusal) = await DecisionMaking.CheckAsync(
                scope, ForMember(shown.Command, choice), mine.Lease, mine.Task, held, cancellationToken).ConfigureAwait(false);
            return ready is null ? (null, refusal!.Outcome == DecideOutcome.CaseClosed ? StackLeftOutReason.Changed : StackLeftOutReason.NotPossible)
                : ready.Judged.About.Version != choice.Seen ? (null, StackLeftOutReason.Changed)
                : (ready, default);
        }
        catch (PermissionDeniedException)
        {
            return (null, StackLeftOutReason.NotAllowed);
        }
    }

    // Items that came with the one on the screen did not come with the others, and a place in its video is none in theirs.
    private static DecideCommand ForMember(DecideCommand shown, StackMemberChoice member) => shown with
    {
        TaskNumber = member.TaskNumber,
        Fence = member.Fence,
        Actions = [.. shown.Actions.Where(order => order.Target != ActionTarget.RelatedItem)],
        MediaTimeMarkSeconds = null,
    };

    private static async Task<DecideStackResult> AgainAsync(WriteScope scope, Guid personId, DecideCommand shown, CancellationToken cancellationToken)
    {
        DecideResult before = await AnswerAgain.ReadAsync(scope, personId, shown, cancellationToken).ConfigureAwait(false);
        int members = before.DecisionId is not { } id ? 0 : await (
            from own in scope.Db.Set<StackedDecision>()
            join other in scope.Db.Set<StackedDecision>() on own.StackId equals other.StackId
            where own.DecisionId == id && other.Place > 0
            select other.DecisionId).CountAsync(cancellationToken).ConfigureAwait(false);
        return new DecideStackResult(before) { Members = members };
    }
}
