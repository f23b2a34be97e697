using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Tests.Support;

/// <summary>A decision that two others judged again, as it stands once the third person found it wrong.</summary>
public static class FoundWrong
{
    /// <summary>Stores the sample with both verdicts on it; who settled it is still to say why it was wrong.</summary>
    public static async Task<QualitySample> FoundWrongAsync(
        this WriteScope scope, Decision decision, Guid reviewerId, Guid adjudicatorId, Verdict right, string? rightPolicy = null)
    {
        ReviewTask judged = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == decision.TaskNumber);
        SamplingPlan plan = new() { Name = $"Plan {Guid.CreateVersion7()}", RandomRate = 1, Salt = "salt", MadeBy = adjudicatorId, MadeAt = scope.Now };
        scope.Db.Add(plan);
        Decision review = await JudgeAsync(scope, judged, TaskKind.Qa, reviewerId, right, rightPolicy);
        Decision final = await JudgeAsync(scope, judged, TaskKind.Adjudication, adjudicatorId, right, rightPolicy);
        QualitySample sample = new()
        {
            DecisionId = decision.Id,
            CaseNumber = decision.CaseNumber,
            PlanId = plan.Id,
            Rate = 1,
            Random = true,
            DrawnAt = scope.Now,
            DecidedAt = decision.DecidedAt,
            DeciderId = decision.DeciderId,
            QueueId = judged.QueueId,
            Verdict = decision.Verdict,
            PolicyId = decision.PolicyId,
            TaskNumber = review.TaskNumber,
            State = SampleState.ToExplain,
            ReviewerId = reviewerId,
            ReviewId = review.Id,
            ReviewedAt = scope.Now,
            AdjudicationTask = final.TaskNumber,
            AdjudicatorId = adjudicatorId,
            AdjudicationId = final.Id,
            AdjudicatedAt = scope.Now,
            RightVerdict = right,
            RightPolicyId = rightPolicy,
            Wrong = true,
            Scored = true,
        };
        scope.Db.Add(sample);
        return sample;
    }

    /// <summary>Another decision on the same case by the same person, which was found right.</summary>
    public static async Task<QualitySample> CopyRightAsync(this WriteScope scope, QualitySample first)
    {
        ReviewTask judged = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == first.TaskNumber);
        Decision decision = await JudgeAsync(scope, judged, TaskKind.First, first.DeciderId, first.Verdict, first.PolicyId);
        Decision review = await JudgeAsync(scope, judged, TaskKind.Qa, first.ReviewerId, first.Verdict, first.PolicyId);
        QualitySample sample = new()
        {
            DecisionId = decision.Id,
            CaseNumber = first.CaseNumber,
            PlanId = first.PlanId,
            Rate = 1,
            DrawnAt = scope.Now,
            DecidedAt = scope.Now,
            DeciderId = first.DeciderId,
            QueueId = first.QueueId,
            Verdict = first.Verdict,
            PolicyId = first.PolicyId,
            TaskNumber = review.TaskNumber,
            ReviewerId = first.ReviewerId,
            ReviewId = review.Id,
        };
        sample.FindRight(scope.Now);
        scope.Db.Add(sample);
        return sample;
    }

    private static async Task<Decision> JudgeAsync(WriteScope scope, ReviewTask judged, TaskKind kind, Guid? personId, Verdict verdict, string? policyId)
    {
        ReviewTask task = ReviewTask.Create(judged.CaseNumber, judged.CaseVersion, kind, judged.QueueId, 50, Instant.Never, scope.Now);
        task.Lease();
        task.Finish(scope.Now);
        scope.Db.Add(task);
        await scope.Db.SaveChangesAsync();
        Decision verdictAgain = new()
        {
            CaseNumber = judged.CaseNumber,
            CaseVersion = judged.CaseVersion,
            TaskNumber = task.Number,
            DeciderId = personId,
            DecidedAt = scope.Now,
            Verdict = verdict,
            PolicyId = policyId,
            InternalNote = $"Note of the {kind} verdict",
            UndoUntil = scope.Now,
            Hash = new byte[32],
        };
        scope.Db.Add(verdictAgain);
        return verdictAgain;
    }
}
