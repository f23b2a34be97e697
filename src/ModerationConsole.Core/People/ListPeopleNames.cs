using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A person as colleagues know them.</summary>
public sealed record PersonName(Guid Id, string Name, bool Disabled);

/// <summary>Names of everyone who works or worked here, so that pages can say who instead of an id.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListPeopleNames(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them by name.</summary>
    public async Task<IReadOnlyList<PersonName>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListPeopleNames>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<Moderator>().AsNoTracking().OrderBy(person => person.DisplayName)
                .Select(person => new PersonName(person.Id, person.DisplayName, person.Disabled)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
