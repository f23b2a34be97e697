using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>A policy area and who is asked first about it.</summary>
public sealed record AreaLine(string Id, string Code, string Name, IReadOnlyList<Guid> People);

/// <summary>All areas with those named for them, and everyone who can be named.</summary>
public sealed record AreaExperts(IReadOnlyList<AreaLine> Areas, IReadOnlyList<PersonName> People);

/// <summary>Who is asked first about which policy area.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class ListAreaExperts(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<AreaExperts> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAreaExperts>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var areas = await db.Set<Policy>().AsNoTracking().Where(policy => policy.ParentId == null && !policy.Archived)
                .Select(policy => new { policy.Id, policy.Code, policy.Name }).ToListAsync(cancellationToken).ConfigureAwait(false);
            ILookup<string, Guid> named = (await db.Set<AreaExpert>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.AreaId, row => row.PersonId);
            List<PersonName> people = await db.PeopleHolding(Permission.RuleOnEscalations).OrderBy(person => person.DisplayName)
                .Select(person => new PersonName(person.Id, person.DisplayName, false)).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new AreaExperts(
                [.. areas.OrderBy(area => area.Code, PolicyCodeOrder.Instance).ThenBy(area => area.Name, StringComparer.Ordinal)
                    .Select(area => new AreaLine(area.Id, area.Code, area.Name, [.. named[area.Id]]))],
                people);
        }
    }
}
