using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Tells the senders of notices what was decided, once that can be taken back no more, and tells them again when another decision took the
/// place of one that they were told of. Answer and delivery stand in one transaction, so that none is given twice.
/// </summary>
public sealed class SettleNotices(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IOptions<NoticeOptions> options, NodeDuties nodes, TimeProvider clock, ILogger<SettleNotices> log)
    : PeriodicWork(TimeSpan.FromSeconds(2), nodes, clock, log)
{
    private const int Batch = 50;

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await SettleSomeAsync(cancellationToken).ConfigureAwait(false) == Batch)
        {
        }
    }

    private async Task<int> SettleSomeAsync(CancellationToken cancellationToken)
    {
        List<long> due;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            due = await Due(db, _clock.Now()).OrderBy(row => row.StoppedAt).ThenBy(row => row.Number).Select(row => row.Number).Take(Batch)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(due, number => writes.RunAsync((scope, token) => SettleAsync(scope, number, token), cancellationToken), cancellationToken).ConfigureAwait(false);
        return due.Count;
    }

    private static IQueryable<Notice> Due(ConsoleDbContext db, DateTimeOffset now) => db.Set<Notice>().Where(notice => notice.State == NoticeState.Stopped
        && !(from item in db.Set<NoticeItem>()
             join decision in db.Set<Decision>() on item.DecisionId equals decision.Id
             where item.NoticeNumber == notice.Number && decision.UndoUntil >= now
             select decision.Id).Any()
        // A decision was taken back after its sender was told of it: the next answer waits for the next decision.
        && !(from item in db.Set<NoticeItem>()
             join about in db.Set<Case>() on item.CaseNumber equals about.Number
             where item.NoticeNumber == notice.Number && item.Outcome == NoticeOutcome.Waiting && about.State == CaseState.Open
             select item.CaseNumber).Any());

    private async Task<bool> SettleAsync(WriteScope scope, long number, CancellationToken cancellationToken)
    {
        if (await Due(scope.Db, scope.Now).SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false) is not { } notice)
        {
            return false;
        }

        List<FoundOfNotice> found = await FoundOfNotice.ReadAsync(scope.Db, number, cancellationToken).ConfigureAwait(false);
        NoticeFinding finding = FoundOfNotice.Sum(found);
        string redress = options.Value.RedressOf(notice.Type, notice.Kind, notice.Jurisdiction);
        NoticeItem first = found[0].Item;
        int round = notice.Answer();
        EnforcementAction told = scope.QueueMessage(
            Caller.System, DeliveryKind.NoticeResult, options.Value.ResultUrl, NoticeAnswerBody.Write(notice, found, finding, redress, round),
            new TargetItem(first.ItemTypeId, first.ItemId), first.CaseNumber);
        scope.Db.Add(new NoticeAnswer { NoticeNumber = number, Round = round, At = scope.Now, Finding = finding, Redress = redress, DeliveryId = told.Id });
        foreach (FoundOfNotice one in found)
        {
            scope.Tell(one.About, CaseEventKind.NoticeAnswered, subjectId: notice.Id, text: notice.TypeName);
            scope.Record(Caller.System, AuditAct.NoticeAnswered, one.About.Number, one.Decision?.TaskNumber, notice.Id.ToString(), new Dictionary<string, object?>
            {
                ["delivery"] = told.Id,
                ["finding"] = finding.ToString(),
                ["round"] = round,
            });
            scope.Publish(LiveKind.CaseChanged, one.About.Number, state: one.About.State.ToString(), childSafety: one.About.Sensitivity == Sensitivity.ChildSafety);
        }

        return true;
    }
}
