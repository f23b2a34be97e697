using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Reviewing;

/// <summary>Notes on samples what second and third persons found. What follows from it waits until they can take it back no more.</summary>
internal sealed class SampleVerdicts : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind is TaskKind.Qa or TaskKind.Adjudication;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        QualitySample? sample = await FindAsync(scope, decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (sample is { State: SampleState.Waiting } && sample.TaskNumber == decision.TaskNumber)
        {
            (sample.ReviewerId, sample.ReviewId, sample.ReviewedAt) = (decision.DeciderId, decision.Id, decision.DecidedAt);
            Record(scope, AuditAct.SampleReviewed, sample, decision);
        }
        else if (sample is { State: SampleState.Adjudicating } && sample.AdjudicationTask == decision.TaskNumber)
        {
            (sample.AdjudicatorId, sample.AdjudicationId, sample.AdjudicatedAt) = (decision.DeciderId, decision.Id, decision.DecidedAt);
            Record(scope, AuditAct.SampleAdjudicated, sample, decision);
        }
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        QualitySample? sample = await FindAsync(scope, decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (sample?.ReviewId == decision.Id)
        {
            (sample.ReviewerId, sample.ReviewId, sample.ReviewedAt) = (null, null, null);
        }
        else if (sample?.AdjudicationId == decision.Id)
        {
            (sample.AdjudicatorId, sample.AdjudicationId, sample.AdjudicatedAt) = (null, null, null);
        }
    }

    private static Task<QualitySample?> FindAsync(WriteScope scope, long taskNumber, CancellationToken cancellationToken) => scope.Db.Set<QualitySample>()
        .SingleOrDefaultAsync(row => row.TaskNumber == taskNumber || row.AdjudicationTask == taskNumber, cancellationToken);

    private static void Record(WriteScope scope, AuditAct act, QualitySample sample, Decision decision) =>
        scope.Record(Caller.Person(decision.DeciderId!.Value), act, sample.CaseNumber, decision.TaskNumber, sample.Id.ToString());
}
