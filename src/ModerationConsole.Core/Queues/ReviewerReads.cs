using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>What counts about an enabled person.</summary>
internal sealed record KnownPerson(Guid? TeamId, string Languages);

/// <summary>A queue that was given to a person or a team.</summary>
internal sealed record GivenQueue(Guid Id, QueueKind Kind, DateTimeOffset? PausedUntil);

/// <summary>What is asked of reviewers for many at once.</summary>
internal static class ReviewerReads
{
    /// <summary>By person: an enabled one.</summary>
    public static Reading<Guid, KnownPerson> People { get; } = new(async (db, people, cancellationToken) => await db.Set<Moderator>()
        .Where(row => people.Contains(row.Id) && !row.Disabled).Select(row => new { row.Id, row.TeamId, row.Languages })
        .ToDictionaryAsync(row => row.Id, row => new KnownPerson(row.TeamId, row.Languages), cancellationToken).ConfigureAwait(false));

    /// <summary>By person or team: queues given to them.</summary>
    public static Reading<Guid, List<GivenQueue>> Queues { get; } = new(async (db, subjects, cancellationToken) =>
    {
        var given = await (
            from access in db.Set<QueueAccess>()
            join queue in db.Set<CaseQueue>() on access.QueueId equals queue.Id
            where (access.PersonId != null && subjects.Contains(access.PersonId.Value)) || (access.TeamId != null && subjects.Contains(access.TeamId.Value))
            select new { access.PersonId, access.TeamId, Queue = new GivenQueue(queue.Id, queue.Kind, queue.PausedUntil) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return given.GroupBy(row => row.PersonId ?? row.TeamId!.Value).ToDictionary(group => group.Key, group => group.Select(row => row.Queue).ToList());
    });

    /// <summary>By person: all leases, run out or not, tracked.</summary>
    public static Reading<Guid, List<ActiveLease>> Leases { get; } = new(async (db, people, cancellationToken) => (await db.Set<ActiveLease>()
        .Where(row => people.Contains(row.PersonId)).ToListAsync(cancellationToken).ConfigureAwait(false))
        .GroupBy(row => row.PersonId).ToDictionary(group => group.Key, group => group.ToList()));

    /// <summary>By person: tasks that a lead meant for them.</summary>
    public static Reading<Guid, List<long>> Meant { get; } = new(async (db, people, cancellationToken) => (await db.Set<TaskReservation>()
        .Where(row => people.Contains(row.PersonId)).Select(row => new { row.PersonId, row.TaskNumber }).ToListAsync(cancellationToken).ConfigureAwait(false))
        .GroupBy(row => row.PersonId).ToDictionary(group => group.Key, group => group.Select(row => row.TaskNumber).ToList()));
}
