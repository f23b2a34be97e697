using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>Tells those who look after clocks, and whoever the alerts go to, that nobody could take what a clock waits for.</summary>
internal sealed class NoticeStranding(ClockAlerts alerts) : IStrandedObserver
{
    public async Task StrandedAsync(WriteScope scope, WaitingTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (TaskKinds.Measuring.Contains(task.Kind))
        {
            return;
        }

        long about = task.CaseNumber;
        List<Notice> waiting = await (
            from notice in scope.Db.Set<Notice>()
            join item in scope.Db.Set<NoticeItem>() on notice.Number equals item.NoticeNumber
            where item.CaseNumber == about && item.Outcome == NoticeOutcome.Waiting && notice.State == NoticeState.Running
            select notice).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Notice notice in waiting)
        {
            await alerts.TellAsync(scope, notice, ClockAlertKind.NobodyMayTake, about, cancellationToken).ConfigureAwait(false);
        }
    }
}
