using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>The question that an expert's task is to answer.</summary>
/// <param name="Question">The question; empty where an emergency was raised without words.</param>
/// <param name="AskedBy">Name of who asked.</param>
/// <param name="Urgency">How pressing it is.</param>
/// <param name="AskedAt">When it was asked, UTC.</param>
public sealed record AskedQuestion(string Question, string AskedBy, EscalationUrgency Urgency, DateTimeOffset AskedAt);

/// <summary>What was asked, for the expert who has the task in hand.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class ReadQuestion(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The question of a task; null where it has none or the caller does not hold it.</summary>
    public async Task<AskedQuestion?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadQuestion>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from escalation in db.Set<Escalation>().AsNoTracking()
                join lease in db.Set<ActiveLease>() on escalation.ExpertTask equals lease.TaskNumber
                join person in db.Set<Moderator>() on escalation.AskedBy equals person.Id
                where escalation.ExpertTask == taskNumber && lease.PersonId == caller.Id
                select new AskedQuestion(escalation.Question, person.DisplayName, escalation.Urgency, escalation.AskedAt))
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
