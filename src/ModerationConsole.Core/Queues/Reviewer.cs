using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

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

    /// <summary>Kinds of task that are not for them, whatever queue they wait in.</summary>
    internal TaskKind[] NotTheirs { get; } = [.. Enum.GetValues<TaskKind>().Where(kind => TaskKinds.Asks(kind) is { } asked && !Permissions.Contains(asked))];

    /// <summary>Whether permissions allow to work queues of a kind, access to the queue given.</summary>
    public static bool MayWork(QueueKind kind, IReadOnlySet<Permission> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return kind switch
        {
            QueueKind.Review => true,
            QueueKind.Expert or QueueKind.Emergency => permissions.Contains(Permission.RuleOnEscalations),
            QueueKind.ChildSafety => permissions.Contains(Permission.ChildSafety),
            QueueKind.Appeals => permissions.Contains(Permission.HearAppeals),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Reads an enabled person; null for anyone else.</summary>
    public static async Task<Reviewer?> FindAsync(
        ReadAhead reads, Guid personId, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        if (await reads.FindAsync(ReviewerReads.People, personId, cancellationToken).ConfigureAwait(false) is not { } person)
        {
            return null;
        }

        List<GivenQueue> own = await reads.FindAsync(ReviewerReads.Queues, personId, cancellationToken).ConfigureAwait(false) ?? [];
        List<GivenQueue> teams = person.TeamId is { } team
            ? await reads.FindAsync(ReviewerReads.Queues, team, cancellationToken).ConfigureAwait(false) ?? [] : [];
        GivenQueue[] given = [.. own.Union(teams)];
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
