using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of a message.</summary>
public enum WriteMessageOutcome
{
    Written,

    /// <summary>It holds nothing but blanks.</summary>
    Empty,

    /// <summary>It is longer than 5 000 characters.</summary>
    TooLong,

    /// <summary>The thread holds as many messages as it may.</summary>
    ThreadFull,

    /// <summary>The question is answered, or there is nothing left to answer.</summary>
    Over,

    /// <summary>The caller may read it and has no part in it.</summary>
    NotTheirs,

    /// <summary>There is no escalation of that number that the caller may know of.</summary>
    NotThere,
}

/// <summary>
/// Writes a message to those who have to do with an open escalation. The others learn of it in one entry of their inboxes, however
/// many messages there are; the audit holds that it was written and its hash.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class WriteToEscalation(WritePath writes, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>Adds the message.</summary>
    public async Task<WriteMessageOutcome> RunAsync(Caller caller, long number, string? text, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<WriteToEscalation>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        if (text is { Length: > TextLength.Note })
        {
            return WriteMessageOutcome.TooLong;
        }

        return DecisionText.Clean(text) is not { } words
            ? WriteMessageOutcome.Empty
            : await writes.RunAsync((scope, token) => WriteAsync(scope, caller, number, words, permissions, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteMessageOutcome> WriteAsync(
        WriteScope scope, Caller caller, long number, string words, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        Escalation? asked = await scope.Db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking()
            .SingleOrDefaultAsync(row => row.ExpertTask == number, cancellationToken).ConfigureAwait(false);
        if (asked is null)
        {
            return WriteMessageOutcome.NotThere;
        }

        List<Guid> consulted = await scope.Db.Set<EscalationConsult>().Where(row => row.EscalationId == asked.Id).Select(row => row.PersonId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (asked.AskedBy != caller.Id && !permissions.Contains(Permission.RuleOnEscalations) && !consulted.Contains(caller.Id))
        {
            return WriteMessageOutcome.NotTheirs;
        }

        TaskState task = await scope.Db.Set<ReviewTask>().Where(row => row.Number == number).Select(row => row.State).SingleAsync(cancellationToken).ConfigureAwait(false);
        if (asked.StateBy(task) != EscalationState.Open)
        {
            return WriteMessageOutcome.Over;
        }

        List<Guid> wrote = await scope.Db.Set<EscalationMessage>().Where(row => row.EscalationId == asked.Id).Select(row => row.PersonId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (wrote.Count >= EscalationParts.MostMessages)
        {
            return WriteMessageOutcome.ThreadFull;
        }

        EscalationMessage message = new() { EscalationId = asked.Id, PersonId = caller.Id, Text = words, At = scope.Now };
        scope.Db.Add(message);
        scope.Record(caller, AuditAct.EscalationMessageWritten, asked.CaseNumber, number, message.Id.ToString(), new Dictionary<string, object?>
        {
            ["escalation"] = asked.Id,
            ["hash"] = TextHash.Of(words),
        });
        await TellOthersAsync(scope, caller, asked, consulted.Concat(wrote), cancellationToken).ConfigureAwait(false);
        bool childSafety = await scope.Db.Set<Case>().AnyAsync(about => about.Number == asked.CaseNumber && about.Sensitivity == Sensitivity.ChildSafety, cancellationToken).ConfigureAwait(false);
        scope.Publish(LiveKind.CaseChanged, asked.CaseNumber, childSafety: childSafety);
        return WriteMessageOutcome.Written;
    }

    private static async Task TellOthersAsync(WriteScope scope, Caller caller, Escalation asked, IEnumerable<Guid> had, CancellationToken cancellationToken)
    {
        Guid[] others = [asked.AskedBy, .. had, .. asked.AskedOf is { } person ? new[] { person } : []];
        List<Guid> hands = await scope.Db.Set<ActiveLease>().Where(lease => lease.TaskNumber == asked.ExpertTask && lease.ShownAt != null)
            .Select(lease => lease.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid other in others.Concat(hands).Distinct().Where(id => id != caller.Id))
        {
            await scope.TellAsync(
                other, InboxKind.EscalationMessage, EscalationKeys.Thread(asked), cancellationToken, asked.CaseNumber, asked.ExpertTask).ConfigureAwait(false);
        }
    }
}
