using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>
/// Tells everyone who may write policies that one leaves a case open. It is an entry in their inboxes and no expert task: such a task
/// would open the case again, and what is asked here is not what to do with that case.
/// </summary>
internal sealed class PolicyQuestionsToExperts : IPolicyQuestions
{
    public async Task AskAsync(WriteScope scope, Caller caller, PolicyQuestion question, CancellationToken cancellationToken)
    {
        List<Guid> experts = await scope.Db.PeopleHolding(Permission.EditPolicies).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid expert in experts)
        {
            await scope.TellAsync(
                expert, InboxKind.PolicyQuestion, $"policy-question:{question.DisputeId}", cancellationToken, question.CaseNumber, subject: question.PolicyId).ConfigureAwait(false);
        }

        scope.Record(caller, AuditAct.PolicyQuestioned, question.CaseNumber, subject: question.PolicyId, details: new Dictionary<string, object?>
        {
            ["dispute"] = question.DisputeId,
            ["told"] = experts.Count,
        });
    }
}
