using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Notes on appeals what was answered; what follows from it waits until that can be taken back no more. A decision that is corrected
/// while an appeal against it waits answers that appeal.
/// </summary>
internal sealed class AppealAnswers : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind == TaskKind.Appeal;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.ReversesId is { } corrected)
        {
            await OvertakeAsync(scope, corrected, decision, cancellationToken).ConfigureAwait(false);
            return;
        }

        Appeal? appeal = await FindAsync(scope, decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (appeal is not { State: AppealState.Open })
        {
            return;
        }

        Decision decided = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == appeal.DecisionId, cancellationToken).ConfigureAwait(false);
        appeal.Answer(AppealOutcomes.Of(decided, decision), decision);
        scope.Record(
            Caller.Person(decision.DeciderId!.Value), AuditAct.AppealAnswered, appeal.CaseNumber, appeal.TaskNumber, appeal.Id.ToString(),
            new Dictionary<string, object?> { ["answer"] = decision.Id, ["outcome"] = appeal.State.ToString() });
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        Appeal? appeal = await FindAsync(scope, decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (appeal?.AnswerId == decision.Id)
        {
            appeal.Reopen();
            scope.Record(Caller.Person(decision.DeciderId!.Value), AuditAct.AppealReopened, appeal.CaseNumber, appeal.TaskNumber, appeal.Id.ToString());
        }
    }

    private static async Task OvertakeAsync(WriteScope scope, Guid corrected, Decision correction, CancellationToken cancellationToken)
    {
        List<Appeal> waiting = await scope.Db.Set<Appeal>().Where(row => row.DecisionId == corrected && row.State == AppealState.Open)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (waiting.Count == 0)
        {
            return;
        }

        Decision decided = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == corrected, cancellationToken).ConfigureAwait(false);
        foreach (Appeal appeal in waiting)
        {
            AppealState outcome = AppealOutcomes.Of(decided, correction);
            appeal.Overtake(outcome == AppealState.Upheld ? AppealState.Changed : outcome, correction.Id, scope.Now);
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == appeal.TaskNumber, cancellationToken).ConfigureAwait(false);
            if (task.State is TaskState.Waiting or TaskState.Leased)
            {
                await scope.WithdrawTaskAsync(Caller.System, task, cancellationToken).ConfigureAwait(false);
            }

            scope.Record(
                Caller.System, AuditAct.AppealAnswered, appeal.CaseNumber, appeal.TaskNumber, appeal.Id.ToString(),
                new Dictionary<string, object?> { ["by"] = correction.Id, ["outcome"] = appeal.State.ToString() });
        }
    }

    private static Task<Appeal?> FindAsync(WriteScope scope, long taskNumber, CancellationToken cancellationToken) =>
        scope.Db.Set<Appeal>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken);
}
