using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>How long decisions took that were made at a desk.</summary>
/// <param name="Person">Name, where it is told by person.</param>
/// <param name="Count">How many decisions that is.</param>
/// <param name="MedianSeconds">Half took longer.</param>
public sealed record HandlingTime(Guid QueueId, string? Person, int Count, double MedianSeconds);

/// <summary>
/// Time from shown to decided by queue, over a week. By person only where a setting says so: speed of people is not what queues
/// are looked after for. What a batch decided was on nobody's screen and does not count.
/// </summary>
[Requires(Permission.ViewQueues)]
public sealed class QueueHandlingTimes(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IOptions<QueuePageOptions> options, TimeProvider clock) : IUseCase
{
    private const int MostRead = 20_000;
    private static readonly TimeSpan s_period = TimeSpan.FromDays(7);

    /// <summary>Reads them, by queue; with one line a person besides where the setting allows and the caller reassigns tasks.</summary>
    public async Task<IReadOnlyList<HandlingTime>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<QueueHandlingTimes>(caller, cancellationToken).ConfigureAwait(false);
        bool byPerson = options.Value.HandlingTimeByPerson && await guard.HasAsync(caller, Permission.ReassignTasks, cancellationToken).ConfigureAwait(false);
        DateTimeOffset since = clock.Now() - s_period;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows = await (
                from decision in db.MadeAtDesks(since).AsNoTracking()
                join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
                join person in db.Set<Moderator>() on decision.DeciderId equals person.Id
                orderby decision.DecidedAt descending
                select new { task.QueueId, Person = byPerson ? person.DisplayName : null, decision.HandlingSeconds }).Take(MostRead).ToListAsync(cancellationToken).ConfigureAwait(false);
            IEnumerable<HandlingTime> queues = rows.GroupBy(row => row.QueueId)
                .Select(group => new HandlingTime(group.Key, null, group.Count(), Median(group.Select(row => row.HandlingSeconds))));
            IEnumerable<HandlingTime> people = !byPerson ? [] : rows.GroupBy(row => (row.QueueId, row.Person))
                .Select(group => new HandlingTime(group.Key.QueueId, group.Key.Person, group.Count(), Median(group.Select(row => row.HandlingSeconds))))
                .OrderBy(line => line.Person, StringComparer.CurrentCulture);
            return [.. queues, .. people];
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

internal static class DeskDecisions
{
    /// <summary>Verdicts that someone spent time on since then: what was undone, takes the place of another, or was decided by a batch is left out.</summary>
    public static IQueryable<Decision> MadeAtDesks(this ConsoleDbContext db, DateTimeOffset since) =>
        db.Judgements().Where(row => row.DecidedAt >= since && row.State != DecisionState.Undone && row.ReversesId == null
            && !db.Set<BatchMember>().Any(member => member.DecisionId == row.Id));
}
