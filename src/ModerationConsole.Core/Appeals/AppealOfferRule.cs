using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// An appeal is not for anyone who had a hand in what was decided of its case: who decided it or a member of its stack, ruled on it,
/// judged it again for quality, decided between two who disagreed or a dispute about it, was consulted on it, or heard an earlier
/// appeal. Asked at each offer, since a hand can be had in it while the appeal waits.
/// </summary>
internal sealed class AppealOfferRule(DecisionHands hands) : IOfferRule
{
    public async ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken) =>
        question.Task.Kind != TaskKind.Appeal
        || !(await hands.OfAsync(question.Db, question.Task.CaseNumber, cancellationToken).ConfigureAwait(false)).Contains(question.Person.Id);
}
