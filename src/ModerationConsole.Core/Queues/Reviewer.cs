using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>What counts about a person when work is offered.</summary>
/// <param name="Id">The person.</param>
/// <param name="Permissions">What they may do.</param>
/// <param name="Languages">Languages they review, without region; empty means any.</param>
/// <param name="Queues">Queues they may work: given to them or their team, and of a kind that their permissions allow.</param>
public sealed record Reviewer(Guid Id, IReadOnlySet<Permission> Permissions, IReadOnlyList<string> Languages, IReadOnlyList<Guid> Queues)
{
    /// <summary>What they are not to be offered at the moment; null while nobody has asked.</summary>
    public OfferBar? Bar { get; init; }

    /// <summary>Those of their queues that are paused, with the end of the pause, UTC.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Pauses { get; init; } = new Dictionary<Guid, DateTimeOffset>();

    /// <summary>Whether nothing of a queue is offered at the moment.</summary>
    public bool IsPaused(Guid queueId, DateTimeOffset now) => Pauses.TryGetValue(queueId, out DateTimeOffset until) && now < until;

    /// <summary>Whether child-safety items may be offered to them.</summary>
    public bool MaySeeChildSafety => Permissions.Contains(Permission.ChildSafety);

    /// <summary>Whether permissions allow to work queues of a kind, access to the queue given.</summary>
    public static bool MayWork(QueueKind kind, IReadOnlySet<Permission> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return kind switch
        {
            QueueKind.Review => true,
            QueueKind.Expert or QueueKind.Emergency => permissions.Contains(Permission.RuleOnEscalations),
            QueueKind.ChildSafety => permissions.Contains(Permission.ChildSafety),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Reads an enabled person; null for anyone else.</summary>
    public static async Task<Reviewer?> FindAsync(
        ConsoleDbContext db, Guid personId, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var person = await db.Set<Moderator>().AsNoTracking().Where(row => row.Id == personId && !row.Disabled)
            .Select(row => new { row.TeamId, row.Languages }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (person is null)
        {
            return null;
        }

        Guid? team = person.TeamId;
        var given = await (
            from access in db.Set<QueueAccess>()
            join queue in db.Set<CaseQueue>() on access.QueueId equals queue.Id
            where access.PersonId == personId || (team != null && access.TeamId == team)
            select new { queue.Id, queue.Kind, queue.PausedUntil }).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        return new Reviewer(
            personId,
            permissions,
            ReviewLanguage.List(person.Languages),
            [.. given.Where(queue => MayWork(queue.Kind, permissions)).Select(queue => queue.Id)])
        {
            Pauses = given.Where(queue => queue.PausedUntil is not null).ToDictionary(queue => queue.Id, queue => queue.PausedUntil!.Value),
        };
    }
}
