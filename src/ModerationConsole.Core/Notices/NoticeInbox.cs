using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Tells those who look after notices of clocks that run out, for as long as they run. An entry is as old as the last of what was told,
/// so that one that was put away comes back at the next.
/// </summary>
internal sealed class NoticeInbox : IInboxSource
{
    private const int Most = 100;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.EnterNotices))
        {
            return [];
        }

        ConsoleDbContext db = question.Db;
        var rows = await (
            from notice in db.Set<Notice>()
            join alert in db.Set<ClockAlert>() on notice.Number equals alert.NoticeNumber
            where notice.State == NoticeState.Running
            orderby notice.DueAt, notice.Number
            select new
            {
                notice.Number, notice.TypeName, notice.DueAt, alert.Kind, alert.At,
                Case = db.Set<NoticeItem>().Where(item => item.NoticeNumber == notice.Number && item.Outcome == NoticeOutcome.Waiting).Select(item => (long?)item.CaseNumber).Min(),
            }).Take(Most * 4).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.GroupBy(row => row.Number).Take(Most).Select(alerts => alerts.OrderBy(row => row.At).ThenBy(row => row.Kind).Last())
            .Select(last => new InboxEntry(
                $"clock:{last.Number}", InboxKind.ClockRunning, last.At, last.Case, Subject: last.Kind.ToString(), Name: last.TypeName, Count: (int)last.Number, DueAt: last.DueAt))];
    }
}
