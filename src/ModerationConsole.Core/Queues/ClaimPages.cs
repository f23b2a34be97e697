using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// The first of what waits in some queues, read once for a group of claims, with what may keep one person or another from it.
/// Who finds nothing here goes on where it ends, on their own.
/// </summary>
internal sealed class ClaimPages(IReadOnlyDictionary<Guid, ClaimPage> pages, ISet<long> ours)
{
    // So many more than there are claims: some of the first are not for everyone.
    private const int Extra = 8;

    private readonly HashSet<long> _taken = [];
    private readonly HashSet<long> _cases = [];

    /// <summary>A group in which nothing is shared.</summary>
    public static ClaimPages None => new(new Dictionary<Guid, ClaimPage>(), new HashSet<long>());

    /// <summary>Numbers of those that nobody outside the group can take.</summary>
    public IEnumerable<long> Ours => ours;

    /// <summary>What is shared of a queue; null if nothing is.</summary>
    public ClaimPage? Of(Guid queueId) => pages.GetValueOrDefault(queueId);

    /// <summary>Whether one of the group has a task by now, or the case that it is about.</summary>
    public bool IsGone(WaitingTask waiting) => _taken.Contains(waiting.TaskNumber) || (waiting.IsExclusive && _cases.Contains(waiting.CaseNumber));

    /// <summary>Takes the first of some tasks that this group alone may take without asking again; null if it has a say in none.</summary>
    public WaitingTask? Take(ConsoleDbContext db, IReadOnlyList<WaitingTask> inOrder)
    {
        if (inOrder.FirstOrDefault(waiting => ours.Contains(waiting.TaskNumber)) is not { } first)
        {
            return null;
        }

        db.Remove(new WaitingTask { TaskNumber = first.TaskNumber });
        Note(first);
        return first;
    }

    /// <summary>One of the group has it now.</summary>
    public void Note(WaitingTask taken)
    {
        _taken.Add(taken.TaskNumber);
        _cases.Add(taken.CaseNumber);
    }

    /// <summary>Reads the pages of queues that several claims draw from, and sees to it that nobody else takes the first of them meanwhile.</summary>
    /// <param name="wanted">By queue: how many claims draw from it.</param>
    public static async Task<ClaimPages> ReadAsync(ConsoleDbContext db, IReadOnlyDictionary<Guid, int> wanted, CancellationToken cancellationToken)
    {
        Dictionary<Guid, List<WaitingRow>> rows = [];
        foreach ((Guid queue, int claims) in wanted)
        {
            rows[queue] = await RowsAsync(db, queue, claims + Extra, cancellationToken).ConfigureAwait(false);
        }

        long[] all = [.. rows.Values.SelectMany(page => page).Select(row => row.Task.TaskNumber)];
        ILookup<long, Guid> excluded = (await db.Set<TaskExclusion>().Where(row => all.Contains(row.TaskNumber)).Select(row => new { row.TaskNumber, row.PersonId })
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.TaskNumber, row => row.PersonId);
        Dictionary<long, Guid> meant = await db.Set<TaskReservation>().Where(row => all.Contains(row.TaskNumber)).Select(row => new { row.TaskNumber, row.PersonId })
            .ToDictionaryAsync(row => row.TaskNumber, row => row.PersonId, cancellationToken).ConfigureAwait(false);
        long[] first = [.. rows.SelectMany(page => page.Value.Take(wanted[page.Key])).Select(row => row.Task.TaskNumber)];
        return new ClaimPages(
            rows.ToDictionary(page => page.Key, page => new ClaimPage(page.Value, page.Value.Count < wanted[page.Key] + Extra, excluded, meant)),
            await db.LockFirstAsync(first, cancellationToken).ConfigureAwait(false));
    }

    private static Task<List<WaitingRow>> RowsAsync(ConsoleDbContext db, Guid queueId, int count, CancellationToken cancellationToken) => db.Unlocked<WaitingTask>()
        .AsNoTracking().Where(row => row.QueueId == queueId)
        .Where(row => TaskKinds.Measuring.Contains(row.Kind)
            || !db.Set<ActiveLease>().Any(lease => lease.ExclusiveKey == row.CaseNumber))
        .OrderByDescending(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.TaskNumber).Take(count)
        .Select(row => new WaitingRow(row, db.Set<Case>().Severe().Any(about => about.Number == row.CaseNumber)))
        .ToListAsync(cancellationToken);
}

/// <summary>A waiting task, and whether its case counts as severe.</summary>
internal sealed record WaitingRow(WaitingTask Task, bool Severe);

/// <summary>The first of one queue.</summary>
/// <param name="rows">In claim order, whoever they are for.</param>
/// <param name="isAll">Whether nothing waits behind them.</param>
internal sealed class ClaimPage(IReadOnlyList<WaitingRow> rows, bool isAll, ILookup<long, Guid> excluded, IReadOnlyDictionary<long, Guid> meant)
{
    /// <summary>Whether nothing waits behind what is here.</summary>
    public bool IsAll => isAll;

    /// <summary>The last of them, for whom it is; null if there is none.</summary>
    public WaitingTask? Last => rows.Count > 0 ? rows[^1].Task : null;

    /// <summary>Those that a person might be offered. The same as <see cref="ClaimOrder.Waiting"/> asks of the database.</summary>
    public IEnumerable<WaitingTask> For(Reviewer person) =>
        from row in rows
        let task = row.Task
        where (person.Languages.Count == 0 || task.Language is null || person.Languages.Contains(task.Language))
            && !person.NotTheirs.Contains(task.Kind)
            && (person.MaySeeChildSafety || task.Sensitivity != Sensitivity.ChildSafety)
            && !(row.Severe && person.Bar is { Severe: true })
            && !excluded[task.TaskNumber].Contains(person.Id)
            && (!meant.TryGetValue(task.TaskNumber, out Guid owner) || owner == person.Id)
        select task;

    /// <summary>Whether what keeps a person from a task is all known here.</summary>
    public static bool Suits(Reviewer person) => person.Bar is null or { Policies.Count: 0 };
}
