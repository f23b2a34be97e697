using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>The heartbeat of an active desk: everything the person still holds lasts longer. What ran out stays lost.</summary>
[Requires(Permission.ReviewCases)]
public sealed class KeepLease(
    WritePath writes, IAccessGuard guard, IOptions<LeaseOptions> options, IEnumerable<ILeaseObserver> observers) : IUseCase
{
    /// <summary>Extends the caller's leases; returns those still held. A task that is missing was lost.</summary>
    /// <param name="atWork">Whether someone is at the desk at this moment: then those who keep meters hear of it.</param>
    public async Task<IReadOnlyList<LeasedTask>> RunAsync(Caller caller, CancellationToken cancellationToken, bool atWork = true)
    {
        await guard.DemandAsync<KeepLease>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                IReadOnlyList<LeasedTask> held = await LeaseTerm.SetAsync(scope, caller.Id, options.Value.Seconds, token).ConfigureAwait(false);
                ActiveLease[] shown = [.. scope.Db.Set<ActiveLease>().Local.Where(lease => lease.Slot == LeaseSlot.Shown)];
                foreach (ILeaseObserver observer in atWork && shown.Length > 0 ? observers : [])
                {
                    await observer.AtWorkAsync(scope, caller.Id, shown, token).ConfigureAwait(false);
                }

                return held;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A circuit was lost: what its person holds ends after the grace period unless they come back.</summary>
[Requires(Permission.UseConsole)]
public sealed class GraceLeases(WritePath writes, IAccessGuard guard, IOptions<LeaseOptions> options) : IUseCase
{
    /// <summary>Sets the caller's leases to end after the grace period; returns those still held.</summary>
    public async Task<IReadOnlyList<LeasedTask>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GraceLeases>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => LeaseTerm.SetAsync(scope, caller.Id, options.Value.GraceSeconds, token), cancellationToken).ConfigureAwait(false);
    }
}

internal static class LeaseTerm
{
    public static async Task<IReadOnlyList<LeasedTask>> SetAsync(WriteScope scope, Guid personId, int seconds, CancellationToken cancellationToken)
    {
        DateTimeOffset now = scope.Now;
        var held = await (
            from lease in scope.Db.Set<ActiveLease>()
            join task in scope.Db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
            where lease.PersonId == personId && lease.ExpiresAt >= now
            orderby lease.Slot
            select new { Lease = lease, Task = task }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in held)
        {
            row.Lease.ExpiresAt = now.AddSeconds(seconds);
        }

        return [.. held.Select(row => LeasedTask.Of(row.Lease, row.Task))];
    }
}
