using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Notices;

/// <summary>Files a notice inside a write: its clock runs from when the platform received it, and from now on governs what its cases wait for.</summary>
public sealed class NoticeFiling(IOptions<NoticeOptions> options)
{
    /// <summary>The types in use.</summary>
    internal NoticeOptions Types => options.Value;

    /// <summary>The same notice, if it came in before.</summary>
    internal static async Task<NoticeReceipt?> FindAsync(WriteScope scope, byte[] hash, CancellationToken cancellationToken)
    {
        Notice? same = await scope.Db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
        return same is null ? null : Receipt(same, await scope.Db.Set<NoticeItem>().Where(row => row.NoticeNumber == same.Number)
            .OrderBy(row => row.Position).Select(row => row.CaseNumber).ToListAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Files it about cases that are open, with a task each.</summary>
    internal async Task<NoticeReceipt> FileAsync(
        WriteScope scope, Caller caller, NoticeOrder order, byte[] hash, IReadOnlyList<NoticedItem> items, CancellationToken cancellationToken)
    {
        NoticeType type = options.Value.Types[order.Type];
        Notice notice = Notice.Receive(order, type, hash, caller.Kind == CallerKind.Person ? caller.Id : null, scope.Now);
        scope.Db.Add(notice);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        NoticedItem[] about = [.. items.DistinctBy(item => item.About.Number)];
        foreach ((int position, NoticedItem item) in about.Index())
        {
            scope.Db.Add(NoticeItem.Of(notice.Number, item, position));
            (item.About.Noticed, item.About.LastEvidenceAt) = (true, scope.Now);
            scope.Tell(item.About, CaseEventKind.NoticeReceived, subjectId: notice.Id, text: notice.TypeName);
            scope.Publish(LiveKind.CaseChanged, item.About.Number, state: item.About.State.ToString(), childSafety: item.About.Sensitivity == Sensitivity.ChildSafety);
            scope.Record(caller, AuditAct.NoticeReceived, item.About.Number, subject: notice.Id.ToString(), details: new Dictionary<string, object?>
            {
                ["clockMinutes"] = notice.ClockMinutes,
                ["jurisdiction"] = notice.Jurisdiction,
                ["notice"] = notice.Number,
                ["type"] = notice.Type,
            });
        }

        // What was queued a moment ago is read anew.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await ClockUrgency.HastenAsync(
            scope, notice, [.. about.Select(item => item.About.Number)], ClockUrgency.Of(notice, scope.Now, late: false), cancellationToken).ConfigureAwait(false);
        return Receipt(notice, [.. about.Select(item => item.About.Number)]);
    }

    private static NoticeReceipt Receipt(Notice notice, IReadOnlyList<long> cases) =>
        new(notice.Id, notice.Number, notice.Type, notice.ReceivedAt, notice.DueAt, notice.ClockMinutes, notice.ByLaw, cases);
}
