using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Who must have a second factor. Section <c>SecondFactor</c>.</summary>
public sealed class SecondFactorOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SecondFactor";

    /// <summary>
    /// <c>SecondFactor:Roles:0</c>, …: roles whose people sign in with a second factor or a passkey, or through an identity provider, and
    /// not at all otherwise. A role made here is asked for as much as soon as it includes what only such standing roles include.
    /// </summary>
    public IReadOnlyList<string> Roles { get; set; } = [];
}

internal static class RequiredFactors
{
    /// <summary>Ids of the roles that demand a second factor: those named, and those made here that include what only they do.</summary>
    public static IQueryable<Guid> RolesNeedingFactor(this ConsoleDbContext db, SecondFactorOptions options)
    {
        IReadOnlyList<string> named = options.Roles;
        Permission[] guarded = [.. Roles.Combinable.Where(permission => Roles.All.Where(role => Roles.PermissionsOf(role).Contains(permission)).All(named.Contains))];
        return db.Set<IdentityRole<Guid>>()
            .Where(role => named.Contains(role.Name)
                || db.Set<OwnRolePermission>().Any(included => included.RoleId == role.Id && guarded.Contains(included.Permission)))
            .Select(role => role.Id);
    }

    /// <summary>Whether a person holds a role that demands a second factor.</summary>
    public static async Task<bool> NeedsSecondFactorAsync(this ConsoleDbContext db, Guid personId, SecondFactorOptions options, CancellationToken cancellationToken)
    {
        if (options.Roles.Count == 0)
        {
            return false;
        }

        IQueryable<Guid> demanding = db.RolesNeedingFactor(options);
        return await db.UserRoles.AnyAsync(link => link.UserId == personId && demanding.Contains(link.RoleId), cancellationToken).ConfigureAwait(false);
    }
}
