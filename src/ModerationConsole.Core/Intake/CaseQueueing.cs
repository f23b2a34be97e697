using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Core.Intake;

/// <summary>Puts cases into the queues that routing says.</summary>
internal static class CaseQueueing
{
    /// <summary>Gives each case that wants one its first task.</summary>
    /// <param name="named">Policies that the report of this operation names.</param>
    public static async Task QueueAsync(
        this WriteScope scope, Caller caller, IEnumerable<IntakeCase> cases, IReadOnlyCollection<string> named, CancellationToken cancellationToken)
    {
        IntakeCase[] wanting = [.. cases.Where(entry => entry.WantsTask)];
        if (wanting.Length == 0)
        {
            return;
        }

        CaseRouter router = await CaseRouter.OpenAsync(scope, cancellationToken).ConfigureAwait(false);
        List<WantedTask> tasks = new(wanting.Length);
        foreach (Case about in wanting.Select(entry => entry.Case))
        {
            // New versions are still in the context's memory; a lookup goes to the database only for a case that is opened again.
            ItemVersion item = (await scope.Db.Set<ItemVersion>().FindAsync([about.ItemVersionId], cancellationToken).ConfigureAwait(false))!;
            Route route = await router.RouteAsync(about, item, await PoliciesAsync(scope, about, named, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            int weight = await scope.ReporterWeightAsync(about, cancellationToken).ConfigureAwait(false);
            tasks.Add(new WantedTask(about, TaskKind.First, route.Queue, route.Priority + weight, route.DueAt));
        }

        await scope.QueueTasksAsync(caller, tasks, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The policies that a case's reports name. A case of its first version has no other reports than this operation's.</summary>
    private static async Task<IReadOnlyCollection<string>> PoliciesAsync(
        WriteScope scope, Case about, IReadOnlyCollection<string> named, CancellationToken cancellationToken)
    {
        if (about.CaseVersion == 1)
        {
            return named;
        }

        List<string> before = await scope.Db.Set<Report>().Where(row => row.CaseNumber == about.Number && row.PolicyId != null)
            .Select(row => row.PolicyId!).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. before.Union(named)];
    }
}
