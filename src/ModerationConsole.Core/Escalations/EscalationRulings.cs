using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>An expert's decision rules on the question that led to it, and whoever asked learns of it; undone, the question is open again.</summary>
internal sealed class EscalationRulings : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.Kind == TaskKind.Expert;

    public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (await FindAsync(scope, decision, cancellationToken).ConfigureAwait(false) is not { } asked)
        {
            return;
        }

        asked.Rule(decision.Id, decision.DeciderId, scope.Now);
        asked.AreaUntil = null;
        scope.Record(CallerOf(decision), AuditAct.EscalationRuled, decision.CaseNumber, decision.TaskNumber, asked.Id.ToString(), new Dictionary<string, object?> { ["decision"] = decision.Id });
        await EmergencyAlerts.UntellAsync(scope, asked, cancellationToken).ConfigureAwait(false);
        if (asked.AskedOf is { } person)
        {
            await scope.UntellAsync(person, EscalationKeys.Asked(asked), cancellationToken).ConfigureAwait(false);
        }

        if (asked.AskedBy != decision.DeciderId)
        {
            await scope.TellAsync(
                asked.AskedBy, InboxKind.EscalationAnswered, EscalationKeys.Answered(asked), cancellationToken, decision.CaseNumber, asked.ExpertTask, decision.Verdict.ToString()).ConfigureAwait(false);
        }
    }

    public async Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (await FindAsync(scope, decision, cancellationToken).ConfigureAwait(false) is { } asked)
        {
            asked.Reopen();
            scope.Record(CallerOf(decision), AuditAct.EscalationReopened, decision.CaseNumber, decision.TaskNumber, asked.Id.ToString(), new Dictionary<string, object?> { ["decision"] = decision.Id });
            await scope.UntellAsync(asked.AskedBy, EscalationKeys.Answered(asked), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Caller CallerOf(Decision decision) => decision.DeciderId is { } person ? Caller.Person(person) : Caller.System;

    private static Task<Escalation?> FindAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) =>
        scope.Db.Set<Escalation>().SingleOrDefaultAsync(row => row.ExpertTask == decision.TaskNumber, cancellationToken);
}

/// <summary>What is decided on an emergency waits for nothing, whatever queue its task was moved to meanwhile.</summary>
internal sealed class EmergencyHaste : IDecisionHaste
{
    public async ValueTask<bool> IsEmergencyAsync(ConsoleDbContext db, ReviewTask task, CancellationToken cancellationToken) =>
        task.Kind == TaskKind.Expert
        && await db.Set<Escalation>().AnyAsync(row => row.ExpertTask == task.Number && row.Urgency == EscalationUrgency.Emergency, cancellationToken).ConfigureAwait(false);
}
