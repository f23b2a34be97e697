using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>What became of saying who may work a queue.</summary>
public enum SetQueueAccessOutcome
{
    Saved,

    /// <summary>There is no such queue.</summary>
    QueueUnknown,

    /// <summary>One of the people is not there.</summary>
    PersonUnknown,

    /// <summary>One of the teams is not there.</summary>
    TeamUnknown,
}

/// <summary>Says who may work a queue, people and teams. What they hold already stays in their hands.</summary>
[Requires(Permission.ManageQueues)]
public sealed class SetQueueAccess(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Replaces the whole list; each one given or taken is an audit entry of its own.</summary>
    public async Task<SetQueueAccessOutcome> RunAsync(
        Caller caller, Guid queueId, IReadOnlyCollection<Guid> people, IReadOnlyCollection<Guid> teams, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetQueueAccess>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(teams);
        HashSet<Guid> wantedPeople = [.. people];
        HashSet<Guid> wantedTeams = [.. teams];
        return await writes.RunAsync(
            (scope, token) => SetAsync(scope, caller, queueId, wantedPeople, wantedTeams, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SetQueueAccessOutcome> SetAsync(
        WriteScope scope, Caller caller, Guid queueId, HashSet<Guid> people, HashSet<Guid> teams, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<CaseQueue>().AnyAsync(row => row.Id == queueId, cancellationToken).ConfigureAwait(false))
        {
            return SetQueueAccessOutcome.QueueUnknown;
        }

        if (await scope.Db.Set<Moderator>().CountAsync(row => people.Contains(row.Id), cancellationToken).ConfigureAwait(false) < people.Count)
        {
            return SetQueueAccessOutcome.PersonUnknown;
        }

        if (await scope.Db.Set<Team>().CountAsync(row => teams.Contains(row.Id), cancellationToken).ConfigureAwait(false) < teams.Count)
        {
            return SetQueueAccessOutcome.TeamUnknown;
        }

        List<QueueAccess> present = await scope.Db.Set<QueueAccess>().Where(row => row.QueueId == queueId).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<QueueAccess> taken = present.FindAll(row =>
            row.PersonId is { } person ? !people.Contains(person) : row.TeamId is not { } team || !teams.Contains(team));
        List<QueueAccess> given =
        [
            .. people.Except(present.Select(row => row.PersonId ?? Guid.Empty)).Select(person => new QueueAccess { QueueId = queueId, PersonId = person }),
            .. teams.Except(present.Select(row => row.TeamId ?? Guid.Empty)).Select(team => new QueueAccess { QueueId = queueId, TeamId = team }),
        ];
        scope.Db.RemoveRange(taken);
        scope.Db.AddRange(given);
        taken.ForEach(row => Record(scope, caller, row, isGiven: false));
        given.ForEach(row => Record(scope, caller, row, isGiven: true));
        if (taken.Count + given.Count > 0)
        {
            scope.Publish(LiveKind.ConfigurationChanged, queueId: queueId, state: "queue-access");
        }

        return SetQueueAccessOutcome.Saved;
    }

    private static void Record(WriteScope scope, Caller caller, QueueAccess row, bool isGiven) => scope.Record(
        caller, AuditAct.QueueAccessChanged, subject: row.QueueId.ToString(), details: new Dictionary<string, object?>
        {
            ["given"] = isGiven,
            [row.PersonId is null ? "team" : "person"] = row.PersonId ?? row.TeamId,
        });
}
