using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>One escalation: question, thread, ruling, and for an emergency who was told and when. Nothing of the item itself.</summary>
[Requires(Permission.ViewCases)]
public sealed class ReadEscalation(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>The escalation, or null when there is none of that number that the caller may know of.</summary>
    public async Task<EscalationView?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadEscalation>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Escalation? row = await db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking()
                .SingleOrDefaultAsync(found => found.ExpertTask == number, cancellationToken).ConfigureAwait(false);
            return row is null ? null : await ReadAsync(db, row, caller, permissions, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<EscalationView> ReadAsync(
        ConsoleDbContext db, Escalation row, Caller caller, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        ReviewTask task = await db.Set<ReviewTask>().AsNoTracking().SingleAsync(found => found.Number == row.ExpertTask, cancellationToken).ConfigureAwait(false);
        EscalationState state = row.StateBy(task.State);
        Guid[] people = [row.AskedBy, .. row.AskedOf is { } askedOf ? new[] { askedOf } : [], .. row.AcknowledgedBy is { } seenBy ? new[] { seenBy } : []];
        Dictionary<Guid, string> names = await db.Set<Moderator>().Where(person => people.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken).ConfigureAwait(false);
        string[] told = [EscalationKeys.Answered(row), EscalationKeys.Thread(row), EscalationKeys.Consulted(row)];
        bool rules = permissions.Contains(Permission.RuleOnEscalations);
        bool open = state == EscalationState.Open;
        return new EscalationView
        {
            Number = row.ExpertTask,
            Question = row.Question,
            Urgency = row.Urgency,
            State = state,
            AskedBy = names[row.AskedBy],
            AskedAt = row.AskedAt,
            AskedOf = row.AskedOf is { } one ? names[one] : null,
            Area = row.AreaId is { } area ? await db.Set<Policy>().Where(policy => policy.Id == area).Select(policy => policy.Name).SingleAsync(cancellationToken).ConfigureAwait(false) : null,
            DueAt = task.DueAt == Instant.Never ? null : task.DueAt,
            Case = await EscalationParts.CaseAsync(db, row.CaseNumber, cancellationToken).ConfigureAwait(false),
            Ruling = await EscalationParts.RulingAsync(db, row, cancellationToken).ConfigureAwait(false),
            Messages = await EscalationParts.MessagesAsync(db, row, caller.Id, cancellationToken).ConfigureAwait(false),
            Consulted = await EscalationParts.ConsultedAsync(db, row, cancellationToken).ConfigureAwait(false),
            TakenAt = await EscalationParts.TakenAtAsync(db, row, cancellationToken).ConfigureAwait(false),
            Alerts = await db.Set<OnCallAlert>().AsNoTracking().Where(alert => alert.EscalationId == row.Id).OrderBy(alert => alert.CreatedAt).ThenBy(alert => alert.Kind)
                .Select(alert => new AlertLine(alert.Kind, alert.State, alert.CreatedAt, alert.Attempts, alert.LastProblem, alert.EndedAt)).ToListAsync(cancellationToken).ConfigureAwait(false),
            Told = await EscalationParts.ToldAsync(db, row, cancellationToken).ConfigureAwait(false),
            Unread = await db.Set<InboxItem>().Where(item => item.PersonId == caller.Id && told.Contains(item.Key) && item.SettledAt == null)
                .Select(item => new UnreadKey(item.Key, item.Kind)).ToListAsync(cancellationToken).ConfigureAwait(false),
            Mine = row.AskedBy == caller.Id,
            MayWrite = open && permissions.Contains(Permission.ReviewCases) && await MayWriteAsync(db, row, caller, rules, cancellationToken).ConfigureAwait(false),
            MayConsult = open && rules && row.AskedBy != caller.Id,
            AcknowledgedBy = row.AcknowledgedBy is { } first ? names[first] : null,
            AcknowledgedAt = row.AcknowledgedAt,
            MayAcknowledge = open && rules && row.AskedBy != caller.Id && row is { Urgency: EscalationUrgency.Emergency, AcknowledgedAt: null },
            MayRecord = rules && row.Urgency == EscalationUrgency.Emergency,
        };
    }

    private static async Task<bool> MayWriteAsync(ConsoleDbContext db, Escalation row, Caller caller, bool rules, CancellationToken cancellationToken) =>
        rules || row.AskedBy == caller.Id
        || await db.Set<EscalationConsult>().AnyAsync(asked => asked.EscalationId == row.Id && asked.PersonId == caller.Id, cancellationToken).ConfigureAwait(false);
}
