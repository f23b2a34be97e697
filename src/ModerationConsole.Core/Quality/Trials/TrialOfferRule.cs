using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>Whoever held a past decision against a draft has read what was decided: they are not offered to judge it again, knowing nothing.</summary>
public sealed class TrialOfferRule : IOfferRule
{
    /// <inheritdoc />
    public async ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return !TaskKinds.Measuring.Contains(question.Task.Kind)
            || !await (
                from one in question.Db.Set<TrialCase>()
                join judgement in question.Db.Set<TrialJudgement>() on one.Id equals judgement.TrialCaseId
                where one.CaseNumber == question.Task.CaseNumber && judgement.PersonId == question.Person.Id
                select one.Id).AnyAsync(cancellationToken).ConfigureAwait(false);
    }
}
