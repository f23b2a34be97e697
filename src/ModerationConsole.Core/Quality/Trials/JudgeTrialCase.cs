using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>What became of an answer.</summary>
public enum JudgeTrialOutcome
{
    Kept,

    /// <summary>The answer does not fit what was decided.</summary>
    DoesNotFit,

    /// <summary>The draft is published or given up, or the case is gone.</summary>
    Over,
}

/// <summary>Says what a past decision would be under a draft. It changes nothing but what is known of the draft.</summary>
[Requires(Permission.EditPolicies)]
public sealed class JudgeTrialCase(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Keeps the answer in the place of an earlier one of the same person.</summary>
    public async Task<JudgeTrialOutcome> RunAsync(Caller caller, Guid trialCaseId, TrialAnswer answer, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<JudgeTrialCase>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, cancel) => JudgeAsync(scope, caller, trialCaseId, answer, cancel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The answers that fit a verdict.</summary>
    public static IReadOnlyList<TrialAnswer> Fitting(Verdict verdict) => verdict == Verdict.Violation
        ? [TrialAnswer.Same, TrialAnswer.WouldAllow, TrialAnswer.OtherPolicy, TrialAnswer.OtherActions, TrialAnswer.Unsure]
        : [TrialAnswer.Same, TrialAnswer.WouldViolate, TrialAnswer.Unsure];

    private static async Task<JudgeTrialOutcome> JudgeAsync(
        WriteScope scope, Caller caller, Guid trialCaseId, TrialAnswer answer, CancellationToken cancellationToken)
    {
        var found = await (
            from one in scope.Db.Set<TrialCase>()
            join trial in scope.Db.Set<PolicyTrial>() on one.TrialId equals trial.Id
            join revision in scope.Db.Set<PolicyRevision>() on trial.RevisionId equals revision.Id
            join decision in scope.Db.Set<Decision>() on one.DecisionId equals decision.Id
            where one.Id == trialCaseId && revision.OpenFor != null
            select new { one.CaseNumber, one.Place, Draft = revision.Id, revision.PolicyId, revision.Edition, decision.Verdict })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null || caller.Kind != CallerKind.Person)
        {
            return JudgeTrialOutcome.Over;
        }

        if (!Fitting(found.Verdict).Contains(answer))
        {
            return JudgeTrialOutcome.DoesNotFit;
        }

        TrialJudgement judgement = await scope.Db.Set<TrialJudgement>()
            .SingleOrDefaultAsync(row => row.TrialCaseId == trialCaseId && row.PersonId == caller.Id, cancellationToken).ConfigureAwait(false)
            ?? scope.Db.Add(new TrialJudgement { TrialCaseId = trialCaseId, PersonId = caller.Id }).Entity;
        (judgement.Answer, judgement.Edition, judgement.At) = (answer, found.Edition, scope.Now);
        scope.Record(caller, AuditAct.PolicyTrialJudged, found.CaseNumber, subject: found.PolicyId, details: new Dictionary<string, object?>
        {
            ["answer"] = answer.ToString(),
            ["draft"] = found.Draft,
            ["edition"] = found.Edition,
        });
        return JudgeTrialOutcome.Kept;
    }
}
