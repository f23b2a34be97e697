using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Stops a clock in the transaction of the last decision that it waits for, and lets it run again when that is taken back. A decision that
/// takes the place of one that a sender was told of makes another answer due.
/// </summary>
internal sealed class NoticeClocks : IDecisionObserver, IDecisionSource
{
    public bool Concerns(ReviewTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.ChangesCase;
    }

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        (Guid id, Guid? replaced, long about) = (decision.Id, decision.ReversesId, decision.CaseNumber);
        // Nearly no case has one, and the case itself is at hand.
        if (await scope.Db.Set<Case>().FindAsync([about], cancellationToken).ConfigureAwait(false) is not { Noticed: true })
        {
            return;
        }

        List<NoticeItem> items = await scope.Db.Set<NoticeItem>()
            .Where(row => row.CaseNumber == about && (replaced == null ? row.Outcome != NoticeOutcome.Decided : row.DecisionId == replaced))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (NoticeItem item in items)
        {
            item.Decide(id);
            await FollowAsync(scope, item.NoticeNumber, By(decision), about, decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        Guid id = decision.Id;
        List<NoticeItem> items = await scope.Db.Set<NoticeItem>().Where(row => row.DecisionId == id).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (NoticeItem item in items)
        {
            item.Reopen();
            Notice notice = await HoldAsync(scope, item.NoticeNumber, cancellationToken).ConfigureAwait(false);
            // The clock of one that was answered stays what it was: a further answer waits for the next decision.
            if (notice is { State: NoticeState.Stopped, Answers: 0 })
            {
                notice.Restart();
                await ClockAlerts.ForgetUnsentAsync(scope, notice, cancellationToken).ConfigureAwait(false);
                scope.Record(By(decision), AuditAct.NoticeClockRestarted, item.CaseNumber, decision.TaskNumber, notice.Id.ToString());
            }
        }
    }

    public Task ReversedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) => UndoneAsync(scope, decision, cancellationToken);

    public async Task<DecisionSourceType?> OfAsync(WriteScope scope, long caseNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        List<NoticeKind> kinds = await (
            from item in scope.Db.Set<NoticeItem>()
            join notice in scope.Db.Set<Notice>() on item.NoticeNumber equals notice.Number
            where item.CaseNumber == caseNumber && item.Outcome != NoticeOutcome.Decided
            select notice.Kind).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        // Where several led to it, the weightiest is named: an order before a flag, a flag before a notice.
        return kinds.Count == 0 ? null : NoticeType.SourceOf(kinds.MinBy(kind => kind switch { NoticeKind.Order => 0, NoticeKind.TrustedFlagger => 1, _ => 2 }));
    }

    /// <summary>Stops the clock if nothing of the notice waits any more.</summary>
    /// <param name="at">When the last of it was decided, where that is not now, UTC.</param>
    internal static async Task FollowAsync(
        WriteScope scope, long number, Caller by, long caseNumber, long? taskNumber, CancellationToken cancellationToken, DateTimeOffset? at = null)
    {
        Notice notice = await HoldAsync(scope, number, cancellationToken).ConfigureAwait(false);
        if (notice.State == NoticeState.Answered)
        {
            notice.AnswerAgain();
            scope.Record(by, AuditAct.NoticeAnswerDueAgain, caseNumber, taskNumber, notice.Id.ToString());
            return;
        }

        // What was changed in this operation is not stored yet: rows are asked, not the database.
        List<NoticeItem> items = await scope.Db.Set<NoticeItem>().Where(row => row.NoticeNumber == number).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (notice.State != NoticeState.Running || items.Exists(item => item.Outcome == NoticeOutcome.Waiting))
        {
            return;
        }

        notice.Stop(at ?? scope.Now);
        await ClockAlerts.CancelAsync(scope, notice, cancellationToken).ConfigureAwait(false);
        scope.Record(by, AuditAct.NoticeClockStopped, caseNumber, taskNumber, notice.Id.ToString(), new Dictionary<string, object?> { ["met"] = notice.Met });
    }

    // Written even where nothing about it changes: of two that decide about different cases of it at once, the later is run again and sees the other.
    private static async Task<Notice> HoldAsync(WriteScope scope, long number, CancellationToken cancellationToken)
    {
        Notice notice = await scope.Db.Set<Notice>().SingleAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        scope.Db.Entry(notice).Property(row => row.Version).IsModified = true;
        return notice;
    }

    private static Caller By(Decision decision) => decision.DeciderId is { } person ? Caller.Person(person) : Caller.System;
}
