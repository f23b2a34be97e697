using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>Holds answers against what was agreed. Nothing else follows from one: no action, no strike, no limit, no penalty.</summary>
internal sealed class GoldenAnswers : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind == TaskKind.Golden;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        GoldenAnswer? answer = await scope.Db.Set<GoldenAnswer>()
            .SingleOrDefaultAsync(row => row.TaskNumber == decision.TaskNumber && row.PersonId == decision.DeciderId, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            return;
        }

        GoldenCase golden = await scope.Db.Set<GoldenCase>().AsNoTracking().SingleAsync(row => row.Id == answer.GoldenId, cancellationToken).ConfigureAwait(false);
        bool passed = Judgement.Of(decision).IsLike(Judgement.Of(golden.Verdict, golden.PolicyId, golden.Actions));
        (answer.DecisionId, answer.AnsweredAt, answer.Passed, answer.Scored) = (decision.Id, scope.Now, passed, golden.State == GoldenState.Active);
        scope.Record(Caller.Person(answer.PersonId), AuditAct.GoldenAnswered, golden.CaseNumber, decision.TaskNumber, golden.Id.ToString());
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        GoldenAnswer? answer = await scope.Db.Set<GoldenAnswer>().SingleOrDefaultAsync(row => row.DecisionId == decision.Id, cancellationToken).ConfigureAwait(false);
        if (answer is not null)
        {
            (answer.DecisionId, answer.AnsweredAt, answer.Passed) = (null, null, null);
        }
    }
}
