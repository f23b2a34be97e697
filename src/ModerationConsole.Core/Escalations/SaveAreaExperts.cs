using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of naming people for an area.</summary>
public enum SaveAreaExpertsOutcome
{
    Saved,

    /// <summary>There is no such top policy.</summary>
    UnknownArea,

    /// <summary>Someone of them may not rule.</summary>
    CannotRule,
}

/// <summary>Names those who are offered questions about a policy area first.</summary>
[Requires(Permission.EditPolicies)]
public sealed class SaveAreaExperts(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Names exactly these people; nobody for an area that any expert answers for.</summary>
    public async Task<SaveAreaExpertsOutcome> RunAsync(Caller caller, string areaId, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveAreaExperts>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(people);
        Guid[] wanted = [.. people.Distinct()];
        return await writes.RunAsync((scope, token) => SaveAsync(scope, caller, areaId, wanted, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveAreaExpertsOutcome> SaveAsync(WriteScope scope, Caller caller, string areaId, Guid[] wanted, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<Policy>().AnyAsync(row => row.Id == areaId && row.ParentId == null && !row.Archived, cancellationToken).ConfigureAwait(false))
        {
            return SaveAreaExpertsOutcome.UnknownArea;
        }

        List<AreaExpert> named = await scope.Db.Set<AreaExpert>().Where(row => row.AreaId == areaId).ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] added = [.. wanted.Except(named.Select(row => row.PersonId))];
        if (await scope.Db.PeopleHolding(Permission.RuleOnEscalations).CountAsync(person => added.Contains(person.Id), cancellationToken).ConfigureAwait(false) != added.Length)
        {
            return SaveAreaExpertsOutcome.CannotRule;
        }

        AreaExpert[] removed = [.. named.Where(row => !wanted.Contains(row.PersonId))];
        scope.Db.RemoveRange(removed);
        scope.Db.AddRange(added.Select(person => new AreaExpert { AreaId = areaId, PersonId = person }));
        if (added.Length + removed.Length > 0)
        {
            scope.Record(caller, AuditAct.AreaExpertsChanged, subject: areaId, details: new Dictionary<string, object?>
            {
                ["added"] = added,
                ["removed"] = removed.Select(row => row.PersonId).ToArray(),
            });
        }

        return SaveAreaExpertsOutcome.Saved;
    }
}
