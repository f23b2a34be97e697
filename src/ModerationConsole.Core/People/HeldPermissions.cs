using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Finds people by what they may do.</summary>
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
                    && db.Set<IdentityRole<Guid>>().Any(role => role.Id == link.RoleId && roles.Contains(role.Name)))));
    }
}
