using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>A policy area to which a question can be put.</summary>
/// <param name="People">How many are named for it.</param>
public sealed record AreaChoice(string Id, string Code, string Name, int People);

/// <summary>To whom a question can be put.</summary>
/// <param name="Areas">Top policies.</param>
/// <param name="People">Who may rule, but for the caller.</param>
public sealed record Addressees(IReadOnlyList<AreaChoice> Areas, IReadOnlyList<PersonName> People);

/// <summary>To whom a question can be put: areas of the policies, and everyone who may rule. Whether someone is there is not told.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ListAddressees(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<Addressees> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAddressees>(caller, cancellationToken).ConfigureAwait(false);
        Guid me = caller.Id;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<AreaChoice> areas = await db.Set<Policy>().AsNoTracking().Where(policy => policy.ParentId == null && !policy.Archived)
                .Select(policy => new AreaChoice(policy.Id, policy.Code, policy.Name, db.Set<AreaExpert>().Count(named => named.AreaId == policy.Id)))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            List<PersonName> people = await db.PeopleHolding(Permission.RuleOnEscalations).Where(person => person.Id != me).OrderBy(person => person.DisplayName)
                .Select(person => new PersonName(person.Id, person.DisplayName, false)).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new Addressees([.. areas.OrderBy(area => area.Code, PolicyCodeOrder.Instance).ThenBy(area => area.Name, StringComparer.Ordinal)], people);
        }
    }
}
