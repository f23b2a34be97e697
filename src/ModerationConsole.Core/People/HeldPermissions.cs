using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Core.People;

/// <summary>Finds people by what they may do, and what they may do beside the standing roles.</summary>
public static class HeldPermissions
{
    /// <summary>Enabled people who hold a permission, by a role or by themselves.</summary>
    public static IQueryable<Moderator> PeopleHolding(this ConsoleDbContext db, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(db);
        string[] roles = [.. Roles.All.Where(role => Roles.PermissionsOf(role).Contains(permission))];
        return db.Set<Moderator>().Where(person => !person.Disabled
            && (db.Set<PersonPermission>().Any(own => own.PersonId == person.Id && own.Permission == permission)
                || db.Set<IdentityUserRole<Guid>>().Any(link => link.UserId == person.Id
                    && (db.Set<IdentityRole<Guid>>().Any(role => role.Id == link.RoleId && roles.Contains(role.Name))
                        || db.Set<OwnRolePermission>().Any(included => included.RoleId == link.RoleId && included.Permission == permission)))));
    }

    /// <summary>What a person holds beside their standing roles: given to them one by one, or by a role that was made here.</summary>
    internal static IQueryable<Permission> HeldBesideStandingRoles(this ConsoleDbContext db, Guid personId) =>
        db.Set<PersonPermission>().Where(row => row.PersonId == personId).Select(row => row.Permission).Concat(
            from link in db.Set<IdentityUserRole<Guid>>()
            join included in db.Set<OwnRolePermission>() on link.RoleId equals included.RoleId
            where link.UserId == personId
            select included.Permission);

    /// <summary>The same for everyone.</summary>
    internal static async Task<ILookup<Guid, Permission>> HeldBesideStandingRolesAsync(this ConsoleDbContext db, CancellationToken cancellationToken)
    {
        var byPerson = await db.Set<PersonPermission>().Select(row => new { row.PersonId, row.Permission }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var byRole = await (
            from link in db.Set<IdentityUserRole<Guid>>()
            join included in db.Set<OwnRolePermission>() on link.RoleId equals included.RoleId
            select new { PersonId = link.UserId, included.Permission }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return byPerson.Concat(byRole).ToLookup(row => row.PersonId, row => row.Permission);
    }
}
