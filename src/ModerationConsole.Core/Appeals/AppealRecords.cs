using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Appeals about cases, and of accounts. One that waits when what it is about, or who made it, is erased is withdrawn: there is
/// nothing to judge by, or nobody to answer.
/// </summary>
internal sealed class AppealRecords : ICaseRecords, IActorRecords, ICaseNeeds
{
    public int Floor => 8;

    // Until whoever appealed is told.
    public IQueryable<long> Of(ConsoleDbContext db) => db.Set<Appeal>().Where(row => row.SettledAt == null).Select(row => row.CaseNumber);

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        IQueryable<Appeal> gone = scope.Db.Set<Appeal>().Where(row => cases.Contains(row.CaseNumber));
        await scope.Db.Set<AppealEvidence>().Where(row => gone.Any(appeal => appeal.Number == row.AppealNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await gone.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        List<Appeal> appeals = await scope.Db.Set<Appeal>().Where(row => cases.Contains(row.CaseNumber)).ToListAsync(cancellationToken).ConfigureAwait(false);
        await EraseAsync(scope, appeals, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
    {
        int done = await pass.BatchAsync(
            async (scope, cancel) =>
            {
                List<Appeal> appeals = await scope.Db.Set<Appeal>().Where(row => row.AppellantId == actor.Id && row.AppellantTypeId == actor.TypeId)
                    .ToListAsync(cancel).ConfigureAwait(false);
                await EraseAsync(scope, appeals, cancel).ConfigureAwait(false);
                return appeals.Count;
            },
            cancellationToken).ConfigureAwait(false);
        return new Erased(done, 0);
    }

    private static async Task EraseAsync(WriteScope scope, List<Appeal> appeals, CancellationToken cancellationToken)
    {
        foreach (Appeal appeal in appeals)
        {
            appeal.Erase();
            if (appeal.State != AppealState.Open)
            {
                continue;
            }

            appeal.Withdraw(scope.Now);
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == appeal.TaskNumber, cancellationToken).ConfigureAwait(false);
            if (task.State is TaskState.Waiting or TaskState.Leased)
            {
                await scope.WithdrawTaskAsync(Caller.System, task, cancellationToken).ConfigureAwait(false);
            }

            scope.Record(Caller.System, AuditAct.AppealWithdrawn, appeal.CaseNumber, appeal.TaskNumber, appeal.Id.ToString());
        }
    }
}
