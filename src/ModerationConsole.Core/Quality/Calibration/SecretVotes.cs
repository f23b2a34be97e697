using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Takes in votes while their round goes on. One that comes later, or is taken back then, changes nothing that is shown.</summary>
internal sealed class SecretVotes : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind == TaskKind.Calibration;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (await OpenAsync(scope, vote => vote.TaskNumber == decision.TaskNumber && vote.PersonId == decision.DeciderId, cancellationToken).ConfigureAwait(false)
            is ({ } vote, { } session))
        {
            (vote.DecisionId, vote.Verdict, vote.PolicyId, vote.VotedAt) = (decision.Id, decision.Verdict, decision.PolicyId, scope.Now);
            scope.Record(Caller.Person(vote.PersonId), AuditAct.CalibrationVoted, decision.CaseNumber, decision.TaskNumber, session.ToString());
        }
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (await OpenAsync(scope, vote => vote.DecisionId == decision.Id, cancellationToken).ConfigureAwait(false) is ({ } vote, _))
        {
            (vote.DecisionId, vote.Verdict, vote.PolicyId, vote.VotedAt) = (null, null, null, null);
        }
    }

    // A vote whose round goes on, with its session.
    private static async Task<(CalibrationVote? Vote, Guid? Session)> OpenAsync(
        WriteScope scope, System.Linq.Expressions.Expression<Func<CalibrationVote, bool>> which, CancellationToken cancellationToken)
    {
        CalibrationVote? vote = await scope.Db.Set<CalibrationVote>().SingleOrDefaultAsync(which, cancellationToken).ConfigureAwait(false);
        CalibrationSession? session = vote is null ? null : await (
            from shown in scope.Db.Set<CalibrationCase>()
            join of in scope.Db.Set<CalibrationSession>() on shown.SessionId equals of.Id
            where shown.Id == vote.CalibrationCaseId
            select of).AsNoTracking().SingleAsync(cancellationToken).ConfigureAwait(false);
        return session is not null && CalibrationTasks.RoundOf(session.State) == vote!.Round ? (vote, session.Id) : (null, null);
    }
}
