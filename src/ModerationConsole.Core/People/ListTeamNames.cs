using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A team as colleagues know it.</summary>
public sealed record TeamName(Guid Id, string Name);

/// <summary>Names of all teams, so that those who look after queues can choose them without managing people.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListTeamNames(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them by name.</summary>
    public async Task<IReadOnlyList<TeamName>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListTeamNames>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<Team>().AsNoTracking().OrderBy(team => team.Name)
                .Select(team => new TeamName(team.Id, team.Name)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
