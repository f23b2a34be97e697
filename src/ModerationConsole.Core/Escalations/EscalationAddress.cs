using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>To whom a question is put; neither for any expert. One of the two at most.</summary>
/// <param name="AreaId">A top policy: those who are named for it are offered the question first.</param>
/// <param name="PersonId">Someone who may rule.</param>
public sealed record EscalationAddress(string? AreaId = null, Guid? PersonId = null);

/// <summary>What is asked, and of whom.</summary>
internal sealed record Ask(string Question, EscalationUrgency Urgency, EscalationAddress To)
{
    public static Ask Emergency(string what) => new(what, EscalationUrgency.Emergency, new EscalationAddress());
}

/// <summary>Finds out who can be asked by name or for an area, and whether they are there. Why one is not is nobody's business.</summary>
public sealed class EscalationAddressees(IAccessGuard guard, OfferRules offers)
{
    /// <summary>How long a question waits for those to whom it was addressed.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(30);

    /// <summary>The same for an urgent one.</summary>
    public static readonly TimeSpan UrgentWaitsFor = TimeSpan.FromMinutes(10);

    /// <summary>Until when a question waits for those to whom it was addressed: never for more than half of its time.</summary>
    internal static DateTimeOffset WaitsUntil(EscalationUrgency urgency, DateTimeOffset dueAt, DateTimeOffset now)
    {
        TimeSpan longest = urgency == EscalationUrgency.Urgent ? UrgentWaitsFor : WaitsFor;
        TimeSpan half = (dueAt - now) / 2;
        return now + (half < longest ? half : longest);
    }

    /// <summary>Whether someone may work a queue and see the case, for as long as nothing about them changes.</summary>
    internal async Task<bool> CanAnswerAsync(WriteScope scope, Guid personId, Guid queueId, Case about, CancellationToken cancellationToken)
    {
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(Caller.Person(personId), cancellationToken).ConfigureAwait(false);
        if (!held.Contains(Permission.ReviewCases) || !held.Contains(Permission.RuleOnEscalations)
            || (about.Sensitivity == Sensitivity.ChildSafety && !held.Contains(Permission.ChildSafety)))
        {
            return false;
        }

        Reviewer? person = await Reviewer.FindAsync(scope.Reads, personId, held, cancellationToken).ConfigureAwait(false);
        string? language = ReviewLanguage.Of(about.Language);
        return person is not null && person.Queues.Contains(queueId)
            && (language is null || person.Languages.Count == 0 || person.Languages.Contains(language));
    }

    /// <summary>Whether someone who can answer may be offered work at this moment.</summary>
    internal async Task<bool> IsThereAsync(WriteScope scope, Guid personId, Guid queueId, Case about, CancellationToken cancellationToken) =>
        await CanAnswerAsync(scope, personId, queueId, about, cancellationToken).ConfigureAwait(false)
        && await offers.MayWorkAsync(scope.Reads, personId, scope.Now, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether anyone of those named for an area is there, but for some.</summary>
    internal async Task<bool> AnyoneIsThereAsync(
        WriteScope scope, string areaId, Guid queueId, Case about, IReadOnlyCollection<Guid> without, CancellationToken cancellationToken)
    {
        List<Guid> named = await scope.Db.Set<AreaExpert>().Where(row => row.AreaId == areaId && !without.Contains(row.PersonId))
            .Select(row => row.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid person in named)
        {
            if (await IsThereAsync(scope, person, queueId, about, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the address is one that a question about this case can be put to.</summary>
    internal async Task<bool> IsGoodAsync(
        WriteScope scope, EscalationAddress to, Guid queueId, Case about, IReadOnlyCollection<Guid> without, CancellationToken cancellationToken) => to switch
        {
            { AreaId: not null, PersonId: not null } => false,
            { AreaId: { } area } => await scope.Db.Set<Policy>().AnyAsync(row => row.Id == area && row.ParentId == null && !row.Archived, cancellationToken).ConfigureAwait(false),
            { PersonId: { } person } => !without.Contains(person) && await CanAnswerAsync(scope, person, queueId, about, cancellationToken).ConfigureAwait(false),
            _ => true,
        };
}

/// <summary>A question that was put to an area is for those who are named for it, while that lasts.</summary>
internal sealed class AreaOfferRule : IOfferRule
{
    public async ValueTask<bool> MayTakeNowAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        // What a lead meant for this person is theirs.
        if (question.Task.Kind != TaskKind.Expert || question.Task.IsMeant)
        {
            return true;
        }

        (long number, Guid person, DateTimeOffset now) = (question.Task.TaskNumber, question.Person.Id, question.Now);
        return !await question.Db.Set<Escalation>().AnyAsync(
            row => row.ExpertTask == number && row.AreaUntil > now
                && !question.Db.Set<AreaExpert>().Any(named => named.AreaId == row.AreaId && named.PersonId == person), cancellationToken).ConfigureAwait(false);
    }
}
