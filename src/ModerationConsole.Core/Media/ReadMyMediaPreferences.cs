using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>How the caller wants media shown. There is no way to ask it of anybody else.</summary>
[Requires(Permission.UseConsole)]
public sealed class ReadMyMediaPreferences(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads the caller's own. What is stored but may no longer be chosen counts as the strictest.</summary>
    public async Task<MyMediaPreferences> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadMyMediaPreferences>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<MediaPreference> rows = await db.Set<MediaPreference>().AsNoTracking()
                .Where(row => row.PersonId == caller.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new MyMediaPreferences(rows.ToDictionary(row => row.Category, row => row.Read() is { IsValid: true } read ? read : MediaPreferences.Strictest));
        }
    }
}
