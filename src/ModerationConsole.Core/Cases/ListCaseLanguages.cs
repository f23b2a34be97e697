using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>The languages that cases are in, to choose from.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCaseLanguages(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>BCP 47 tags in order, of cases that the caller may know of.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCaseLanguages>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<Case>().VisibleWith(permissions).Where(about => about.Language != null)
                .Select(about => about.Language!).Distinct().OrderBy(tag => tag).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
