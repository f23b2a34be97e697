using Microsoft.Extensions.Logging.Abstractions;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Work that is done again and again by one node, and says how often it was.</summary>
internal sealed class CountedWork(TestConsole node)
    : PeriodicWork(TimeSpan.FromSeconds(1), node.Get<NodeDuties>(), node.Clock, NullLogger.Instance)
{
    private int _passes;

    public int Passes => Volatile.Read(ref _passes);

    public bool Hangs { get; init; }

    public TaskCompletionSource BrokenOff { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _passes);
        if (!Hangs)
        {
            return;
        }

        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            BrokenOff.TrySetResult();
            throw;
        }
    }

    // The pass runs on a thread of its own some time after its tick.
    public async Task PassedAsync(Action tick)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (Passes == 0)
        {
            tick();
            await NodeRoom.LookAsync(node);
            await Task.Delay(10, patience.Token);
        }
    }
}
