using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>Reads what an escalation is made of, for someone who may see it.</summary>
internal static class EscalationParts
{
    /// <summary>As many messages as a thread may hold.</summary>
    public const int MostMessages = 200;

    public static Task<EscalatedCase> CaseAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken) => (
        from about in db.Set<Case>().AsNoTracking()
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        join type in db.Set<ItemType>() on item.TypeId equals type.Id
        where about.Number == number
        select new EscalatedCase(about.Number, about.State, about.Sensitivity, about.Severity, type.Name, about.Language, about.OpenedAt, about.CaseVersion))
        .SingleAsync(cancellationToken);

    public static async Task<EscalationRuling?> RulingAsync(ConsoleDbContext db, Escalation row, CancellationToken cancellationToken)
    {
        if (row.DecisionId is not { } id)
        {
            return null;
        }

        var found = await (
            from decision in db.Set<Decision>().AsNoTracking()
            where decision.Id == id
            join person in db.Set<Moderator>() on decision.DeciderId equals person.Id into people
            from person in people.DefaultIfEmpty()
            join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            select new
            {
                Decision = decision,
                Person = person == null ? null : person.DisplayName,
                Code = policy == null ? null : policy.Code,
                Policy = policy == null ? null : policy.Name,
            }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        string[] ordered = found.Decision.Actions.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> names = await db.Set<ActionDefinition>().Where(action => ordered.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return new EscalationRuling(
            found.Decision.Verdict, found.Decision.CannotReviewCode, found.Decision.PolicyId, found.Code, found.Policy,
            [.. ordered.Select(action => names.GetValueOrDefault(action) ?? action)], found.Decision.InternalNote, found.Person, found.Decision.DecidedAt, found.Decision.State);
    }

    public static async Task<IReadOnlyList<MessageLine>> MessagesAsync(ConsoleDbContext db, Escalation row, Guid reader, CancellationToken cancellationToken)
    {
        HashSet<Guid> consulted = [.. await db.Set<EscalationConsult>().Where(asked => asked.EscalationId == row.Id).Select(asked => asked.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false)];
        var found = await (
            from message in db.Set<EscalationMessage>().AsNoTracking()
            join person in db.Set<Moderator>() on message.PersonId equals person.Id
            where message.EscalationId == row.Id
            orderby message.At, message.Id
            select new { message.Id, message.PersonId, person.DisplayName, message.Text, message.At }).Take(MostMessages).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. found.Select(message => new MessageLine(
                message.Id, message.DisplayName,
                message.PersonId == row.AskedBy ? ThreadSide.Asker : consulted.Contains(message.PersonId) ? ThreadSide.Consulted : ThreadSide.Expert,
                message.Text, message.At, message.PersonId == reader)),
        ];
    }

    public static async Task<IReadOnlyList<ConsultLine>> ConsultedAsync(ConsoleDbContext db, Escalation row, CancellationToken cancellationToken) => await (
        from asked in db.Set<EscalationConsult>().AsNoTracking()
        join person in db.Set<Moderator>() on asked.PersonId equals person.Id
        join other in db.Set<Moderator>() on asked.AskedBy equals other.Id
        where asked.EscalationId == row.Id
        orderby asked.AskedAt, person.DisplayName
        select new ConsultLine(person.DisplayName, other.DisplayName, asked.AskedAt)).ToListAsync(cancellationToken).ConfigureAwait(false);

    public static async Task<IReadOnlyList<ToldLine>> ToldAsync(ConsoleDbContext db, Escalation row, CancellationToken cancellationToken) => await (
        from told in db.Set<ToldAuthority>().AsNoTracking()
        join other in db.Set<Moderator>() on told.ToldBy equals other.Id
        join writer in db.Set<Moderator>() on told.RecordedBy equals writer.Id
        where told.EscalationId == row.Id
        orderby told.ToldAt, told.Id
        select new ToldLine(told.Id, told.Authority, told.ToldAt, other.DisplayName, told.Reference, writer.DisplayName, told.RecordedAt)).ToListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>When an expert first took the task; when one gave it back says nothing to others.</summary>
    public static async Task<DateTimeOffset?> TakenAtAsync(ConsoleDbContext db, Escalation row, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = await db.Set<ActiveLease>().Where(lease => lease.TaskNumber == row.ExpertTask && lease.ShownAt != null)
            .Select(lease => (DateTimeOffset?)lease.TakenAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset? decided = await db.Set<LeaseRecord>().Where(lease => lease.TaskNumber == row.ExpertTask && lease.End == LeaseEnd.Decided)
            .OrderBy(lease => lease.TakenAt).Select(lease => (DateTimeOffset?)lease.TakenAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return decided ?? now;
    }
}
