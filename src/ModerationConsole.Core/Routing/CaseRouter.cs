using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Routing;

/// <summary>Where a case waits, how urgently and until when.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Priority">Higher comes first; 50 is ordinary.</param>
/// <param name="DueAt">Deadline, UTC; <see cref="Instant.Never"/> for none.</param>
public sealed record Route(CaseQueue Queue, int Priority, DateTimeOffset DueAt);

/// <summary>
/// Says where cases wait: by the first row of the routing table whose conditions all hold, else in the default queue.
/// Child-safety items always wait in a child-safety queue, whatever the table says.
/// </summary>
public sealed class CaseRouter
{
    /// <summary>Least priority of a child-safety case.</summary>
    public const int ChildSafetyPriority = 80;

    private const int OrdinaryPriority = 50;

    private readonly WriteScope _scope;
    private readonly IReadOnlyList<(RoutingRow Row, CaseQueue Queue)> _table;
    private CaseQueue? _default;
    private CaseQueue? _childSafety;

    private CaseRouter(WriteScope scope, IReadOnlyList<(RoutingRow, CaseQueue)> table)
    {
        _scope = scope;
        _table = table;
    }

    /// <summary>Reads the table once, for all the cases of an operation.</summary>
    public static async Task<CaseRouter> OpenAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var rows = await (
            from row in scope.Db.Set<RoutingRow>()
            join queue in scope.Db.Set<CaseQueue>() on row.QueueId equals queue.Id
            where !queue.Archived
            orderby row.Position
            select new { row, queue }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return new CaseRouter(scope, [.. rows.Select(line => (line.row, line.queue))]);
    }

    /// <summary>Routes one case of an operation.</summary>
    /// <param name="reportedPolicies">Ids of the policies that its reports name.</param>
    public static async Task<Route> RouteAsync(
        WriteScope scope, Case about, ItemVersion item, IReadOnlyCollection<string> reportedPolicies, CancellationToken cancellationToken)
    {
        CaseRouter router = await OpenAsync(scope, cancellationToken).ConfigureAwait(false);
        return await router.RouteAsync(about, item, reportedPolicies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Routes a case.</summary>
    /// <param name="reportedPolicies">Ids of the policies that its reports name.</param>
    public async Task<Route> RouteAsync(Case about, ItemVersion item, IReadOnlyCollection<string> reportedPolicies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(reportedPolicies);
        (RoutingRow? row, CaseQueue? queue) = _table.FirstOrDefault(line => RoutingMatch.Holds(line.Row, about, item, reportedPolicies));
        int priority = row?.Priority ?? OrdinaryPriority;
        if (about.Sensitivity == Sensitivity.ChildSafety)
        {
            priority = Math.Max(priority, ChildSafetyPriority);
            queue = queue is { Kind: QueueKind.ChildSafety } ? queue
                : _childSafety ??= await _scope.QueueOfKindAsync(QueueKind.ChildSafety, cancellationToken).ConfigureAwait(false);
        }

        queue ??= _default ??= await _scope.DefaultQueueAsync(cancellationToken).ConfigureAwait(false);
        return new Route(queue, priority, Due(row?.DeadlineMinutes ?? queue.DeadlineMinutes));
    }

    private DateTimeOffset Due(int? minutes) => minutes is { } some ? _scope.Now.AddMinutes(some) : Instant.Never;
}
