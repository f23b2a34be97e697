using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>Whoever asked an expert learns that the question was answered.</summary>
internal sealed class AnswersToAskers : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind == TaskKind.Expert;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        foreach (Escalation asked in await AskedAsync(scope, decision, cancellationToken).ConfigureAwait(false))
        {
            await scope.TellAsync(
                asked.AskedBy, InboxKind.EscalationAnswered, Key(asked), cancellationToken, decision.CaseNumber, subject: decision.Verdict.ToString()).ConfigureAwait(false);
        }
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        foreach (Escalation asked in await AskedAsync(scope, decision, cancellationToken).ConfigureAwait(false))
        {
            await scope.UntellAsync(asked.AskedBy, Key(asked), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Key(Escalation asked) => $"answer:{asked.Id}";

    private static Task<List<Escalation>> AskedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) =>
        scope.Db.Set<Escalation>().AsNoTracking().Where(row => row.ExpertTask == decision.TaskNumber && row.AskedBy != decision.DeciderId)
            .ToListAsync(cancellationToken);
}
