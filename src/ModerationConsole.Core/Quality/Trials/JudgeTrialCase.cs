using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>What became of an answer.</summary>
public enum JudgeTrialOutcome
{
    Kept,

    /// <summary>The answer does not fit what was decided.</summary>
    DoesNotFit,

    /// <summary>The draft is published or given up, or the case is gone.</summary>
    Over,

    /// <summary>The case is not to be shown to the person at the moment.</summary>
    NotShown,
}

/// <summary>Says what a past decision would be under a draft. It changes nothing but what is known of the draft.</summary>
[Requires(Permission.EditPolicies)]
public sealed class JudgeTrialCase(WritePath writes, IAccessGuard guard, TrialSight sight, ILookMeter looks) : IUseCase
{
    /// <summary>Keeps the answer in the place of an earlier one of the same person.</summary>
    public async Task<JudgeTrialOutcome> RunAsync(Caller caller, Guid trialCaseId, TrialAnswer answer, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<JudgeTrialCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, cancel) => JudgeAsync(scope, caller, permissions, trialCaseId, answer, cancel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The answers that fit a verdict.</summary>
    public static IReadOnlyList<TrialAnswer> Fitting(Verdict verdict) => verdict == Verdict.Violation
        ? [TrialAnswer.Same, TrialAnswer.WouldAllow, TrialAnswer.OtherPolicy, TrialAnswer.OtherActions, TrialAnswer.Unsure]
        : [TrialAnswer.Same, TrialAnswer.WouldViolate, TrialAnswer.Unsure];

    private async Task<JudgeTrialOutcome> JudgeAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, Guid trialCaseId, TrialAnswer answer, CancellationToken cancellationToken)
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

        // No limit cuts into a case that is open: as of its meter it is as it was drawn.
        DateTimeOffset drawn = await looks.SinceAsync(scope, caller.Id, found.CaseNumber, cancellationToken).ConfigureAwait(false) ?? scope.Now;
        if (!await sight.MaySeeAsync(scope.Reads, caller, permissions, found.CaseNumber, drawn, cancellationToken).ConfigureAwait(false))
        {
            return JudgeTrialOutcome.NotShown;
        }

        if (!Fitting(found.Verdict).Contains(answer))
        {
            return JudgeTrialOutcome.DoesNotFit;
        }

        await looks.EndAsync(scope, caller.Id, cancellationToken).ConfigureAwait(false);
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
