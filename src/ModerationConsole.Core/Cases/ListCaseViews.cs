using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Cases;

/// <summary>A saved view of the case list.</summary>
/// <param name="Query">The filters as they stand in the address, without the question mark.</param>
/// <param name="Mine">Whether it is the caller's own.</param>
/// <param name="Owner">Name of whose it is.</param>
public sealed record CaseView(Guid Id, string Name, string Query, bool Shared, bool Mine, string Owner);

/// <summary>The caller's own views and those that others share, by name, the own ones first.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCaseViews(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<CaseView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCaseViews>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from view in db.Set<SavedView>().AsNoTracking()
                join person in db.Set<Moderator>() on view.PersonId equals person.Id
                where view.PersonId == caller.Id || view.Shared
                orderby view.PersonId == caller.Id descending, view.Name, view.Id
                select new CaseView(view.Id, view.Name, view.Query, view.Shared, view.PersonId == caller.Id, person.DisplayName))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
