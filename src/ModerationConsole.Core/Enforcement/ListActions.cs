using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>An action as it is shown.</summary>
/// <param name="CallbackUrl">Where the platform is told; null to those who do not manage actions, because it may carry a token.</param>
/// <param name="Version">To be handed back when it is saved.</param>
public sealed record ActionLine(
    string Id, string Name, string Description, string? CallbackUrl, string CustomBody, IReadOnlyList<string> ItemTypes, ActionTarget Target,
    bool Reversible, string? ReversalActionId, IReadOnlyList<ActionParameter> Parameters, bool Archived, long Version);

/// <summary>All actions, by name, archived ones last.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListActions(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<ActionLine>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListActions>(caller, cancellationToken).ConfigureAwait(false);
        bool manages = await guard.HasAsync(caller, Permission.ManageActions, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<ActionDefinition> rows = await db.Set<ActionDefinition>().AsNoTracking().OrderBy(row => row.Archived).ThenBy(row => row.Name).ThenBy(row => row.Id)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => new ActionLine(
                row.Id, row.Name, row.Description, manages ? row.CallbackUrl : null, manages ? row.CustomBody : "{}", ActionScope.List(row.ItemTypes), row.Target,
                row.Reversible, row.ReversalActionId, ActionParameters.Parse(row.Parameters), row.Archived, row.Version))];
        }
    }
}
