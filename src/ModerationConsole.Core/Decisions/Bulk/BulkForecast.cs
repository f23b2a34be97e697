using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Foretells what a batch can do to each case, and notes how the case stands so that a change is seen later.</summary>
internal sealed class BulkForecast(ConsoleDbContext db, Caller caller, BulkOrder order, IReadOnlySet<Permission> held, DateTimeOffset now)
{
    private readonly Dictionary<(Guid QueueId, string TypeId), bool> _fits = [];

    /// <summary>The members for these cases; those that nothing can be done to say why.</summary>
    public async Task<IReadOnlyList<BatchMember>> MembersAsync(long batch, long[] numbers, CancellationToken cancellationToken)
    {
        Guid me = caller.Id;
        var cases = await (
            from about in db.Set<Case>().AsNoTracking()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where numbers.Contains(about.Number)
            orderby about.Number
            select new { about.Number, about.State, about.Version, about.CaseVersion, item.TypeId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var tasks = await (
            from task in db.Set<ReviewTask>().AsNoTracking()
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            where numbers.Contains(task.CaseNumber) && (task.State == TaskState.Waiting || task.State == TaskState.Leased)
                && !TaskKinds.Measuring.Contains(task.Kind)
            select new
            {
                Task = task,
                queue.Kind,
                Excluded = db.Set<TaskExclusion>().Any(not => not.TaskNumber == task.Number && not.PersonId == me),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var byCase = tasks.ToLookup(row => row.Task.CaseNumber);
        List<BatchMember> members = [];
        foreach (var about in cases)
        {
            // Of several the latest is the one that is answered; the others go with it, as after any verdict.
            var open = byCase[about.Number].OrderByDescending(row => row.Task.Number).ToList();
            LeftOutReason reason =
                about.State != CaseState.Open || open.Count == 0 ? LeftOutReason.NotOpen
                : open.Exists(row => row.Task.State == TaskState.Leased) ? LeftOutReason.InHand
                : open.Exists(row => row.Kind is QueueKind.Emergency or QueueKind.ChildSafety || row.Task.Kind == TaskKind.Appeal) ? LeftOutReason.Alone
                : open.Exists(row => row.Excluded || !Reviewer.MayWork(row.Kind, held)) && order.Act == BulkAct.Decide ? LeftOutReason.NotYours
                : order.Act == BulkAct.Move && open[0].Task.QueueId == order.QueueId ? LeftOutReason.SameQueue
                : order.Act == BulkAct.Decide && !await FitsAsync(open[0].Task, about.TypeId, cancellationToken).ConfigureAwait(false) ? LeftOutReason.DoesNotFit
                : LeftOutReason.None;
            members.Add(new BatchMember
            {
                BatchNumber = batch,
                CaseNumber = about.Number,
                CaseStamp = about.Version,
                TaskNumber = open.Count > 0 ? open[0].Task.Number : null,
                FromQueueId = open.Count > 0 ? open[0].Task.QueueId : null,
                State = reason == LeftOutReason.None ? MemberState.Waiting : MemberState.LeftOut,
                Reason = reason,
            });
        }

        return members;
    }

    // What a queue asks for and what an action is made for is the same for all of one type in one queue; one of them is asked.
    private async Task<bool> FitsAsync(ReviewTask task, string typeId, CancellationToken cancellationToken)
    {
        if (_fits.TryGetValue((task.QueueId, typeId), out bool fits))
        {
            return fits;
        }

        JudgedTask judged = await JudgedTask.ReadAsync(new ReadAhead(db), task, cancellationToken).ConfigureAwait(false);
        DecideCommand command = await BulkDeciding.CommandAsync(db, order, task.Number, cancellationToken).ConfigureAwait(false);
        DecisionCheck check = await DecisionCheck.RunAsync(new ReadAhead(db), command, judged, now, cancellationToken).ConfigureAwait(false);
        db.ChangeTracker.Clear();
        return _fits[(task.QueueId, typeId)] = check.Refusal is null;
    }
}
