using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Lists what media was lately said to show: the words by which a person may set a category apart.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListMediaCategories(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Newest = 2_000;

    /// <summary>In alphabetical order, each once; nothing of child-safety media.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMediaCategories>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<string?> lately = await db.Set<MediaObject>().Where(row => !row.ChildSafety).OrderByDescending(row => row.CreatedAt).Take(Newest)
                .Select(row => row.Category).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. lately.OfType<string>().Where(category => MyMediaPreferences.Key(category).Length > 0).DistinctBy(MyMediaPreferences.Key).Order(StringComparer.CurrentCultureIgnoreCase)];
        }
    }
}
