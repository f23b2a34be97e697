using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>Steps that the tests of queues and leases share.</summary>
internal static class QueueSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Claims, and expects to get something new.</summary>
    public static async Task<LeasedTask> ClaimAsync(this TestConsole console, Caller person, LeaseSlot slot = LeaseSlot.Shown)
    {
        ClaimResult result = await console.Use<ClaimNextCase>().RunAsync(person, null, slot, Cancel);
        Assert.Equal(ClaimOutcome.Claimed, result.Outcome);
        return result.Task!;
    }

    /// <summary>Claims and says what came of it.</summary>
    public static async Task<ClaimOutcome> TryClaimAsync(this TestConsole console, Caller person) =>
        (await console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel)).Outcome;

    /// <summary>The task as it is stored now.</summary>
    public static Task<ReviewTask> TaskAsync(this TestConsole console, long number) =>
        console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == number, Cancel));

    /// <summary>Ends a lease as a decision would.</summary>
    public static Task<int> FinishAsync(this TestConsole console, LeasedTask leased) => console.WriteAsync(async scope =>
    {
        ActiveLease lease = await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == leased.TaskNumber, Cancel);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == leased.TaskNumber, Cancel);
        await scope.EndLeaseAsync(Caller.System, lease, LeaseEnd.Decided, Cancel);
        task.Finish(scope.Now);
        return 0;
    });
}
