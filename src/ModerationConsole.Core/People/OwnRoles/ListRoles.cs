using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>A role, standing or made here.</summary>
/// <param name="Own">Whether it was made here; only such a role can be changed.</param>
/// <param name="Permissions">What it includes.</param>
/// <param name="People">How many hold it, disabled ones included.</param>
/// <param name="RetiredAt">UTC; null while it can be given.</param>
public sealed record RoleRow(
    Guid Id, string Name, bool Own, string Description, IReadOnlyList<Permission> Permissions, int People, DateTimeOffset? RetiredAt);

/// <summary>Lists all roles: standing ones first, then those made here by name, then those retired.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ListRoles(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The roles.</summary>
    public async Task<IReadOnlyList<RoleRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListRoles>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var roles = await db.Roles.Select(role => new { role.Id, Name = role.Name!, People = db.UserRoles.Count(link => link.RoleId == role.Id) })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<Guid, OwnRole> own = await db.Set<OwnRole>().AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
            ILookup<Guid, Permission> included = (await db.Set<OwnRolePermission>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(row => row.RoleId, row => row.Permission);
            List<string> standing = [.. Roles.All];
            return
            [
                .. roles.Select(role => own.TryGetValue(role.Id, out OwnRole? made)
                        ? new RoleRow(role.Id, role.Name, true, made.Description, [.. included[role.Id].Order()], role.People, made.RetiredAt)
                        : new RoleRow(role.Id, role.Name, false, "", [.. Roles.PermissionsOf(role.Name).Order()], role.People, null))
                    .OrderBy(role => (role.Own, role.RetiredAt is not null)).ThenBy(role => standing.IndexOf(role.Name))
                    .ThenBy(role => role.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }
    }
}
