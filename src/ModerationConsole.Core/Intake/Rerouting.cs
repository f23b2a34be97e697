using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Sends an open case's first task on when a report changes what routing says of it. It only becomes more urgent, and it
/// only leaves a queue that routing had chosen: where a person moved it, it stays.
/// </summary>
internal sealed class Rerouting
{
    private readonly CaseRouter _router;
    private readonly Case _about;
    private readonly ItemVersion _item;
    private readonly IReadOnlyCollection<string> _before;
    private readonly Guid _chosen;

    private Rerouting(CaseRouter router, Case about, ItemVersion item, IReadOnlyCollection<string> before, Guid chosen) =>
        (_router, _about, _item, _before, _chosen) = (router, about, item, before, chosen);

    /// <summary>Notes what routing says before the report is added.</summary>
    public static async Task<Rerouting> OpenAsync(WriteScope scope, Case about, CancellationToken cancellationToken)
    {
        CaseRouter router = await CaseRouter.OpenAsync(scope, cancellationToken).ConfigureAwait(false);
        ItemVersion item = (await scope.Db.Set<ItemVersion>().FindAsync([about.ItemVersionId], cancellationToken).ConfigureAwait(false))!;
        List<string> policies = await scope.Db.Set<Report>().Where(row => row.CaseNumber == about.Number && row.PolicyId != null)
            .Select(row => row.PolicyId!).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        Route route = await router.RouteAsync(about, item, policies, cancellationToken).ConfigureAwait(false);
        return new Rerouting(router, about, item, policies, route.Queue.Id);
    }

    /// <summary>Sends the task on by what routing says now.</summary>
    /// <param name="named">The policy that the report names, if one.</param>
    public async Task FollowAsync(WriteScope scope, Caller caller, string? named, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> policies = named is null ? _before : [.. _before.Append(named).Distinct(StringComparer.Ordinal)];
        Route route = await _router.RouteAsync(_about, _item, policies, cancellationToken).ConfigureAwait(false);
        int weight = await scope.ReporterWeightAsync(_about, cancellationToken).ConfigureAwait(false);
        List<ReviewTask> open = await scope.Db.Set<ReviewTask>()
            .Where(row => row.CaseNumber == _about.Number && row.Kind == TaskKind.First && (row.State == TaskState.Waiting || row.State == TaskState.Leased))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReviewTask task in open)
        {
            task.Hasten(route.Priority + weight, route.DueAt);
            if (task.State == TaskState.Waiting)
            {
                CaseQueue to = task.QueueId == _chosen
                    ? route.Queue
                    : await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == task.QueueId, cancellationToken).ConfigureAwait(false);
                await scope.RequeueAsync(caller, task, _about, to, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
