using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of asking for an opinion.</summary>
public enum ConsultOutcome
{
    /// <summary>They were told, and may read the thread and write in it.</summary>
    Consulted,

    /// <summary>They were asked before.</summary>
    AlreadyConsulted,

    /// <summary>They may not rule, or may not know of this case.</summary>
    CannotAnswer,

    /// <summary>The question is answered, or there is nothing left to answer.</summary>
    Over,

    /// <summary>There is no escalation of that number that the caller may know of, or it is the caller's own question.</summary>
    NotThere,
}

/// <summary>Asks another expert for an opinion on an open question. Who rules stays the same.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class ConsultExpert(WritePath writes, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>Asks once.</summary>
    public async Task<ConsultOutcome> RunAsync(Caller caller, long number, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ConsultExpert>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> theirs = await guard.PermissionsOfAsync(Caller.Person(personId), cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => AskAsync(scope, caller, number, personId, permissions, theirs, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConsultOutcome> AskAsync(
        WriteScope scope, Caller caller, long number, Guid personId, IReadOnlySet<Permission> permissions, IReadOnlySet<Permission> theirs, CancellationToken cancellationToken)
    {
        Escalation? asked = await scope.Db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking()
            .SingleOrDefaultAsync(row => row.ExpertTask == number && row.AskedBy != caller.Id, cancellationToken).ConfigureAwait(false);
        if (asked is null)
        {
            return ConsultOutcome.NotThere;
        }

        TaskState task = await scope.Db.Set<ReviewTask>().Where(row => row.Number == number).Select(row => row.State).SingleAsync(cancellationToken).ConfigureAwait(false);
        if (asked.StateBy(task) != EscalationState.Open)
        {
            return ConsultOutcome.Over;
        }

        // Whom a case is hidden from for a while must not learn of it by being asked about it: to the caller it is the same as never.
        bool mayKnow = personId != caller.Id && personId != asked.AskedBy && theirs.Contains(Permission.RuleOnEscalations)
            && await scope.Db.EscalationsInSightOf(Caller.Person(personId), theirs, unseen).AnyAsync(row => row.Id == asked.Id, cancellationToken).ConfigureAwait(false);
        if (!mayKnow)
        {
            return ConsultOutcome.CannotAnswer;
        }

        if (await scope.Db.Set<EscalationConsult>().AnyAsync(row => row.EscalationId == asked.Id && row.PersonId == personId, cancellationToken).ConfigureAwait(false))
        {
            return ConsultOutcome.AlreadyConsulted;
        }

        scope.Db.Add(new EscalationConsult { EscalationId = asked.Id, PersonId = personId, AskedBy = caller.Id, AskedAt = scope.Now });
        scope.Record(caller, AuditAct.ExpertConsulted, asked.CaseNumber, number, personId.ToString(), new Dictionary<string, object?> { ["escalation"] = asked.Id });
        await scope.TellAsync(personId, InboxKind.ExpertConsulted, EscalationKeys.Consulted(asked), cancellationToken, asked.CaseNumber, number).ConfigureAwait(false);
        bool childSafety = await scope.Db.Set<Case>().AnyAsync(about => about.Number == asked.CaseNumber && about.Sensitivity == Sensitivity.ChildSafety, cancellationToken).ConfigureAwait(false);
        scope.Publish(LiveKind.CaseChanged, asked.CaseNumber, childSafety: childSafety);
        return ConsultOutcome.Consulted;
    }
}
