using System.Collections.Concurrent;
using System.Diagnostics;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>One stretch of work of all moderators: those cycles count that end after the warm-up and before the end.</summary>
internal sealed class DeskShift(BenchmarkConsole console, TimeSpan warmUp, TimeSpan time)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<long, byte> _claimed = new();
    private int _duplicates;

    public ConcurrentBag<double> Claims { get; } = [];

    public ConcurrentBag<double> Decisions { get; } = [];

    public int Duplicates => _duplicates;

    /// <summary>Numbers of all tasks that were claimed, before and after the warm-up.</summary>
    public IReadOnlyList<long> Tasks => [.. _claimed.Keys];

    public bool RanOut { get; private set; }

    public async Task WorkAsync(Caller person)
    {
        for (int cycle = 0; _watch.Elapsed < warmUp + time; cycle++)
        {
            long begun = Stopwatch.GetTimestamp();
            ClaimResult claim = await console.Get<ClaimNextCase>().RunAsync(person, null);
            TimeSpan claiming = Stopwatch.GetElapsedTime(begun);
            if (claim is not { Outcome: ClaimOutcome.Claimed, Task: { } task })
            {
                RanOut |= claim.Outcome == ClaimOutcome.NothingSuitable ? true
                    : throw new InvalidOperationException($"Claiming ended with {claim.Outcome}.");
                return;
            }

            if (!_claimed.TryAdd(task.TaskNumber, 0))
            {
                Interlocked.Increment(ref _duplicates);
            }

            begun = Stopwatch.GetTimestamp();
            DecideResult decided = await console.Get<DecideCase>().RunAsync(person, Verdict(task, cycle), CancellationToken.None);
            TimeSpan deciding = Stopwatch.GetElapsedTime(begun);
            if (decided.Outcome != DecideOutcome.Decided)
            {
                throw new InvalidOperationException($"Deciding ended with {decided.Outcome}.");
            }

            if (_watch.Elapsed is var now && now > warmUp && now <= warmUp + time)
            {
                Claims.Add(claiming.TotalMilliseconds);
                Decisions.Add(deciding.TotalMilliseconds);
            }
        }
    }

    // Two in five are violations, with an action that is written down to be sent.
    private static DecideCommand Verdict(LeasedTask task, int cycle) => cycle % 5 < 3
        ? new DecideCommand(task.TaskNumber, task.Fence, Core.Decisions.Verdict.Allow)
        : new DecideCommand(task.TaskNumber, task.Fence, Core.Decisions.Verdict.Violation)
        {
            PolicyId = DeskWorld.PolicyId,
            ReasonForUser = "This breaks a rule.",
            Actions = [new ActionOrder(DeskWorld.ActionId)],
        };
}
