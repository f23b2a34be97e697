using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Walks through what a person might be offered, in order of priority, deadline and number. Each queue is read along its
/// index and the queues are merged here: one query over several queues would have to sort all that waits.
/// </summary>
internal static class ClaimOrder
{
    private const int FirstPage = 4;
    private const int LargestPage = 4_096;

    public static async IAsyncEnumerable<WaitingTask> CandidatesAsync(
        ReadAhead reads, Reviewer person, IEnumerable<Guid> queues, ClaimPages shared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Guid> all = [.. queues];
        HashSet<long> offered = [];
        foreach (WaitingTask meant in await MeantForAsync(reads, person, all, cancellationToken).ConfigureAwait(false))
        {
            offered.Add(meant.TaskNumber);
            yield return meant;
        }

        List<QueueCursor> cursors = [.. all.Select(queue => new QueueCursor(reads.Db, person, queue, ClaimPage.Suits(person) ? shared.Of(queue) : null))];
        while (true)
        {
            QueueCursor? best = null;
            foreach (QueueCursor cursor in cursors)
            {
                if (await cursor.HasHeadAsync(cancellationToken).ConfigureAwait(false) && (best is null || ComesBefore(cursor.Head, best.Head)))
                {
                    best = cursor;
                }
            }

            if (best is null)
            {
                yield break;
            }

            WaitingTask next = best.Take();
            if (!offered.Contains(next.TaskNumber) && !shared.IsGone(next))
            {
                yield return next;
            }
        }
    }

    // What a lead meant for this person comes first. Nearly always there is nothing, and the table has next to no rows.
    private static async Task<List<WaitingTask>> MeantForAsync(ReadAhead reads, Reviewer person, List<Guid> queues, CancellationToken cancellationToken)
    {
        if (await reads.FindAsync(ReviewerReads.Meant, person.Id, cancellationToken).ConfigureAwait(false) is not { } numbers)
        {
            return [];
        }

        List<WaitingTask> meant = [];
        foreach (Guid queue in queues)
        {
            meant.AddRange(await Waiting(reads.Db, person, queue, last: null).Where(row => numbers.Contains(row.TaskNumber)).ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        meant.ForEach(row => row.IsMeant = true);
        return meant;
    }

    /// <summary>What waits in one queue after <paramref name="last"/>, in order.</summary>
    internal static IQueryable<WaitingTask> Waiting(ConsoleDbContext db, Reviewer person, Guid queueId, WaitingTask? last)
    {
        IQueryable<WaitingTask> waiting = db.Unlocked<WaitingTask>().AsNoTracking().Where(row => row.QueueId == queueId);
        if (last is not null)
        {
            waiting = waiting.Where(After(last));
        }

        // What follows only saves looking at tasks that the rules would refuse one by one.
        Guid me = person.Id;
        if (person.Languages.Count > 0)
        {
            waiting = waiting.Where(row => row.Language == null || person.Languages.Contains(row.Language));
        }

        if (person.NotTheirs is { Length: > 0 } not)
        {
            waiting = waiting.Where(row => !not.Contains(row.Kind));
        }

        if (!person.MaySeeChildSafety)
        {
            waiting = waiting.Where(row => row.Sensitivity != Sensitivity.ChildSafety);
        }

        if (person.Bar is { IsNone: false } bar)
        {
            IQueryable<long> barred = bar.Cases(db);
            waiting = waiting.Where(row => !barred.Any(number => number == row.CaseNumber));
        }

        return waiting
            .Where(row => !db.Set<TaskExclusion>().Any(not => not.TaskNumber == row.TaskNumber && not.PersonId == me))
            .Where(row => !db.Set<TaskReservation>().Any(meant => meant.TaskNumber == row.TaskNumber && meant.PersonId != me))
            // A case is in one pair of hands at a time; the lease's unique key would refuse the second.
            .Where(row => TaskKinds.Measuring.Contains(row.Kind)
                || !db.Set<ActiveLease>().Any(lease => lease.ExclusiveKey == row.CaseNumber))
            .OrderByDescending(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.TaskNumber);
    }

    // The first comparison lets the index skip to the priority; the rest is decided row by row.
    private static Expression<Func<WaitingTask, bool>> After(WaitingTask last) => row => row.Priority <= last.Priority
        && (row.Priority < last.Priority || row.DueAt > last.DueAt || (row.DueAt == last.DueAt && row.TaskNumber > last.TaskNumber));

    private static bool ComesBefore(WaitingTask one, WaitingTask other) =>
        (-one.Priority, one.DueAt, one.TaskNumber).CompareTo((-other.Priority, other.DueAt, other.TaskNumber)) < 0;

    private sealed class QueueCursor(ConsoleDbContext db, Reviewer person, Guid queueId, ClaimPage? shared)
    {
        private readonly Queue<WaitingTask> _page = new(shared?.For(person) ?? []);
        private WaitingTask? _last = shared?.Last;
        private int _size = FirstPage;
        private bool _exhausted = shared is { IsAll: true };

        public WaitingTask Head => _page.Peek();

        public WaitingTask Take() => _page.Dequeue();

        public async ValueTask<bool> HasHeadAsync(CancellationToken cancellationToken)
        {
            if (_page.Count > 0 || _exhausted)
            {
                return _page.Count > 0;
            }

            List<WaitingTask> rows = await Waiting(db, person, queueId, _last).Take(_size).ToListAsync(cancellationToken).ConfigureAwait(false);
            _exhausted = rows.Count < _size;
            // Pages grow, so that the rows skipped to reach the next one stay in proportion to those read.
            _size = Math.Min(_size * 4, LargestPage);
            rows.ForEach(_page.Enqueue);
            _last = rows.Count > 0 ? rows[^1] : _last;
            return _page.Count > 0;
        }
    }
}
