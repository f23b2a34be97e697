using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>A verdict that is about to be held against its case.</summary>
internal sealed record DecideAsk(Caller Caller, DecideCommand Command, bool SeesChildSafety);

/// <summary>Reads at once what the verdicts of a group depend on: one statement for all of them where each would send one.</summary>
internal sealed class DecideForesight : IForesight
{
    public async Task<IReadOnlyList<bool>> ReadAsync(WriteScope scope, IReadOnlyList<object> asks, CancellationToken cancellationToken)
    {
        DecideAsk[] all = [.. asks.Cast<DecideAsk>()];
        ReadAhead reads = scope.Reads;
        IReadOnlyDictionary<long, TaskInHand> held = await reads.LoadAsync(
            TaskReads.Held, all.Select(ask => ask.Command.TaskNumber), cancellationToken).ConfigureAwait(false);
        bool[] may = Alone(all, held);
        DecideAsk[] ready = [.. all.Where((_, i) => may[i])];
        if (ready.Length > 0)
        {
            await ReadAsync(reads, ready, held, cancellationToken).ConfigureAwait(false);
        }

        return may;
    }

    // One verdict for each case at a time: what the second depends on is what the first makes of it.
    private static bool[] Alone(DecideAsk[] all, IReadOnlyDictionary<long, TaskInHand> held)
    {
        HashSet<long> cases = [];
        return [.. all.Select(ask => held.TryGetValue(ask.Command.TaskNumber, out TaskInHand? mine) && mine.Lease.Slot == LeaseSlot.Shown && cases.Add(mine.Task.CaseNumber))];
    }

    private static async Task ReadAsync(
        ReadAhead reads, DecideAsk[] ready, IReadOnlyDictionary<long, TaskInHand> held, CancellationToken cancellationToken)
    {
        long[] tasks = [.. ready.Select(ask => ask.Command.TaskNumber)];
        long[] cases = [.. tasks.Select(task => held[task].Task.CaseNumber)];
        IReadOnlyDictionary<long, JudgedTask> byTask = await reads.LoadAsync(DecisionReads.Judged, tasks, cancellationToken).ConfigureAwait(false);
        JudgedTask[] judged = [.. byTask.Values];
        await reads.LoadAsync(
            EarlierDecisions.OfCases, ready.Select(ask => byTask[ask.Command.TaskNumber].Earlier(ask.SeesChildSafety)), cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(DecisionReads.Reports, cases, cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(DecisionReads.Related, cases, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<Guid, List<Guid>> media = await reads.LoadAsync(
            DecisionReads.Media, judged.Select(one => one.Item.Id), cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(
            MediaReads.HighestStep,
            ready.Where(ask => media.Count > 0).Select(ask => (new DrawnTask(ask.Command.TaskNumber, ask.Command.Fence), ask.Caller.Id)),
            cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(DecisionReads.Drafts, ready.Select(ask => (ask.Command.TaskNumber, ask.Caller.Id)), cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(TaskReads.HasStack, tasks, cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(TaskReads.OpenOfCase, cases, cancellationToken).ConfigureAwait(false);
        await ReadOrdersAsync(reads, [.. ready.Where(ask => ask.Command.Verdict == Verdict.Violation)], judged, cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReadOrdersAsync(ReadAhead reads, DecideAsk[] violations, JudgedTask[] judged, CancellationToken cancellationToken)
    {
        await reads.LoadAsync(DecisionReads.Policies, violations.Select(ask => ask.Command.PolicyId).OfType<string>(), cancellationToken).ConfigureAwait(false);
        DecideAsk[] ordering = [.. violations.Where(ask => ask.Command.Actions.Count > 0)];
        await reads.LoadAsync(
            ActionReads.Actions, ordering.SelectMany(ask => ask.Command.Actions).Select(order => order.ActionId), cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(
            ActionReads.TypeNames, judged.Where(_ => ordering.Length > 0).Select(one => one.Item.CreatorTypeId).OfType<string>(), cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(DecisionReads.Pseudonyms, ordering.Select(ask => ask.Caller.Id), cancellationToken).ConfigureAwait(false);
    }
}
