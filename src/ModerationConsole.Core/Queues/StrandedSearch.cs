using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Finds waiting tasks that nobody may take, and alarms that no longer hold. Tasks alike in queue, kind, sensitivity and
/// language are judged once; only those that enough people skipped are looked at one by one.
/// </summary>
internal sealed class StrandedSearch(ConsoleDbContext db, Roster roster, Guid? fallbackId)
{
    private const int MostPerPass = 2_000;

    private readonly Dictionary<Group, IReadOnlyList<Guid>> _able = [];

    private readonly record struct Group(Guid QueueId, TaskKind Kind, Sensitivity Sensitivity, string? Language)
    {
        public static Group Of(WaitingTask task) => new(task.QueueId, task.Kind, task.Sensitivity, task.Language);
    }

    /// <summary>Numbers of the tasks of which something is to be changed; the change looks at each again.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(CancellationToken cancellationToken)
    {
        HashSet<long> found = [];
        int fewest = int.MaxValue;
        // What is meant for one person to measure waits for them.
        var groups = await db.Set<WaitingTask>().Where(row => row.Kind != TaskKind.Golden && row.Kind != TaskKind.Calibration)
            .GroupBy(row => new { row.QueueId, row.Kind, row.Sensitivity, row.Language })
            .Select(group => group.Min(row => row.TaskNumber)).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (WaitingTask one in await RowsAsync(groups, cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<Guid> able = await AbleAsync(one, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<OfferBar> bars = await BarsAsync(able, cancellationToken).ConfigureAwait(false);
            if (able.Count > 0)
            {
                // Who is barred from some cases is there for the others.
                fewest = Math.Min(fewest, Math.Max(1, able.Count - bars.Count(bar => !bar.IsNone)));
                if (bars.All(bar => !bar.IsNone))
                {
                    found.UnionWith(await BarredAsync(Group.Of(one), bars, cancellationToken).ConfigureAwait(false));
                }

                continue;
            }

            bool rescue = await MayBeRescuedAsync(one, [], cancellationToken).ConfigureAwait(false);
            found.UnionWith(await NumbersAsync(Group.Of(one), onlyNew: !rescue, cancellationToken).ConfigureAwait(false));
        }

        HashSet<long> refused = await RefusedByAllAsync(fewest, cancellationToken).ConfigureAwait(false);
        found.UnionWith(refused);
        found.UnionWith(await OverAsync(refused, cancellationToken).ConfigureAwait(false));
        return [.. found.Order().Take(MostPerPass)];
    }

    /// <summary>Whether nobody may take a task.</summary>
    public async Task<bool> IsStrandedAsync(WaitingTask task, IEnumerable<Guid> excluded, CancellationToken cancellationToken)
    {
        foreach (Guid person in (await AbleAsync(task, cancellationToken).ConfigureAwait(false)).Except(excluded))
        {
            if (!await roster.IsBarredAsync(person, task.CaseNumber, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether someone could take it in the fallback queue.</summary>
    public async Task<bool> MayBeRescuedAsync(WaitingTask task, IEnumerable<Guid> excluded, CancellationToken cancellationToken) =>
        fallbackId is { } fallback && fallback != task.QueueId
        && !await IsStrandedAsync(task.In(fallback), excluded, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<Guid>> AbleAsync(WaitingTask task, CancellationToken cancellationToken)
    {
        if (!_able.TryGetValue(Group.Of(task), out IReadOnlyList<Guid>? able))
        {
            _able[Group.Of(task)] = able = await roster.AbleAsync(task, cancellationToken).ConfigureAwait(false);
        }

        return able;
    }

    private async Task<IReadOnlyList<OfferBar>> BarsAsync(IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        List<OfferBar> bars = [];
        foreach (Guid person in people)
        {
            bars.Add(await roster.BarAsync(person, cancellationToken).ConfigureAwait(false));
        }

        return bars;
    }

    // Tasks of a group that everyone who could take them is barred from, and that no alarm stands for yet or someone elsewhere may take.
    private async Task<List<long>> BarredAsync(Group group, IReadOnlyList<OfferBar> bars, CancellationToken cancellationToken)
    {
        bool elsewhere = fallbackId is not null && group.QueueId != fallbackId;
        IQueryable<WaitingTask> rows = db.Set<WaitingTask>()
            .Where(row => row.QueueId == group.QueueId && row.Kind == group.Kind && row.Sensitivity == group.Sensitivity && row.Language == group.Language)
            .Where(row => elsewhere || !db.Set<StrandedTask>().Any(known => known.TaskNumber == row.TaskNumber));
        foreach (OfferBar bar in bars.DistinctBy(bar => bar.Key))
        {
            IQueryable<long> cases = bar.Cases(db);
            rows = rows.Where(row => cases.Any(number => number == row.CaseNumber));
        }

        return await rows.OrderBy(row => row.TaskNumber).Take(MostPerPass).Select(row => row.TaskNumber).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<List<WaitingTask>> RowsAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) =>
        db.Set<WaitingTask>().AsNoTracking().Where(row => numbers.Contains(row.TaskNumber)).ToListAsync(cancellationToken);

    private Task<List<long>> NumbersAsync(Group group, bool onlyNew, CancellationToken cancellationToken) =>
        db.Set<WaitingTask>()
            .Where(row => row.QueueId == group.QueueId && row.Kind == group.Kind && row.Sensitivity == group.Sensitivity && row.Language == group.Language)
            .Where(row => !onlyNew || !db.Set<StrandedTask>().Any(known => known.TaskNumber == row.TaskNumber))
            .OrderBy(row => row.TaskNumber).Take(MostPerPass).Select(row => row.TaskNumber).ToListAsync(cancellationToken);

    // Fewer exclusions than people who are able leave someone.
    private async Task<HashSet<long>> RefusedByAllAsync(int fewest, CancellationToken cancellationToken)
    {
        var excluded = await (
            from exclusion in db.Set<TaskExclusion>()
            join waiting in db.Set<WaitingTask>() on exclusion.TaskNumber equals waiting.TaskNumber
            where db.Set<TaskExclusion>().Count(other => other.TaskNumber == exclusion.TaskNumber) >= fewest
            select new { waiting, exclusion.PersonId }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<long> refused = [];
        foreach (var task in excluded.GroupBy(row => row.waiting.TaskNumber))
        {
            if (await IsStrandedAsync(task.First().waiting, task.Select(row => row.PersonId), cancellationToken).ConfigureAwait(false))
            {
                refused.Add(task.Key);
            }
        }

        return refused;
    }

    private async Task<List<long>> OverAsync(HashSet<long> refused, CancellationToken cancellationToken)
    {
        var known = await (
            from stranded in db.Set<StrandedTask>()
            join row in db.Set<WaitingTask>() on stranded.TaskNumber equals row.TaskNumber into rows
            from waiting in rows.DefaultIfEmpty()
            select new { stranded.TaskNumber, stranded.QueueId, waiting }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        List<long> over = [];
        foreach (var row in known)
        {
            if (row.waiting is null || row.waiting.QueueId != row.QueueId
                || (!refused.Contains(row.TaskNumber) && !await IsStrandedAsync(row.waiting, [], cancellationToken).ConfigureAwait(false)))
            {
                over.Add(row.TaskNumber);
            }
        }

        return over;
    }
}
