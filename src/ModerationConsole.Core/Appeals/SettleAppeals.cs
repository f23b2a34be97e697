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

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Draws the consequence of answers once they can be taken back no more: where the decision does not stand, another takes its place
/// with its own deliveries; either way whoever sent the appeal is told. All of one appeal in one transaction, so that none of it
/// happens twice. An appeal whose task ended without an answer gets another.
/// </summary>
public sealed class SettleAppeals(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, DecisionCorrecting correcting, AppealFiling filing, IOptions<AppealOptions> options, NodeDuties nodes,
    TimeProvider clock, ILogger<SettleAppeals> log)
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
            due = await Due(db, _clock.Now()).OrderBy(appeal => appeal.AnsweredAt).ThenBy(appeal => appeal.Number).Select(appeal => appeal.Number).Take(Batch)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(due, number => writes.RunAsync((scope, token) => SettleAsync(scope, number, token), cancellationToken), cancellationToken).ConfigureAwait(false);

        return due.Count;
    }

    private static IQueryable<Appeal> Due(ConsoleDbContext db, DateTimeOffset now) => db.Set<Appeal>().Where(appeal =>
        (appeal.SettledAt == null && appeal.State != AppealState.Open
            && (appeal.AnswerId == null || db.Set<Decision>().Any(row => row.Id == appeal.AnswerId && row.UndoUntil < now)))
        || (appeal.State == AppealState.Open
            && db.Set<ReviewTask>().Any(task => task.Number == appeal.TaskNumber && (task.State == TaskState.Done || task.State == TaskState.Withdrawn))));

    private async Task<bool> SettleAsync(WriteScope scope, long number, CancellationToken cancellationToken)
    {
        if (await Due(scope.Db, scope.Now).SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false) is not { } appeal)
        {
            return false;
        }

        if (appeal.State == AppealState.Open)
        {
            await filing.AskAgainAsync(scope, appeal, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (appeal is { Granted: true, AnswerId: { } answerId })
        {
            Decision answer = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == answerId, cancellationToken).ConfigureAwait(false);
            Decision decided = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == appeal.DecisionId, cancellationToken).ConfigureAwait(false);
            appeal.CorrectionId = (await correcting.OverruleAsync(scope, decided, answer, cancellationToken).ConfigureAwait(false))?.Id;
        }

        EnforcementAction told = scope.QueueMessage(
            Caller.System, DeliveryKind.AppealResult, options.Value.ResultUrl, AppealResultBody.Write(appeal, options.Value.ResultBody),
            new TargetItem(appeal.ItemTypeId, appeal.ItemId), appeal.CaseNumber);
        appeal.Settle(told.Id, scope.Now);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == appeal.CaseNumber, cancellationToken).ConfigureAwait(false);
        scope.Tell(about, CaseEventKind.AppealAnswered, subjectId: appeal.Id);
        scope.Record(Caller.System, AuditAct.AppealSettled, appeal.CaseNumber, appeal.TaskNumber, appeal.Id.ToString(), new Dictionary<string, object?>
        {
            ["correction"] = appeal.CorrectionId,
            ["delivery"] = appeal.DeliveryId,
            ["outcome"] = appeal.State.ToString(),
        });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        return true;
    }
}
