using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.People;

/// <summary>Reads what a person may do from roles and personal permissions; remembers it for two seconds so that a burst of commands costs one query.</summary>
public sealed class AccessGuard(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock) : IAccessGuard
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(2);
    private static readonly IReadOnlySet<Permission> s_all = Enum.GetValues<Permission>().ToHashSet();
    private static readonly IReadOnlySet<Permission> s_none = new HashSet<Permission>();

    private readonly ConcurrentDictionary<Guid, (long At, IReadOnlySet<Permission> Permissions)> _known = new();

    /// <inheritdoc />
    public ValueTask<IReadOnlySet<Permission>> PermissionsOfAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Kind switch
        {
            CallerKind.System => ValueTask.FromResult(s_all),
            CallerKind.ApiKey or CallerKind.Service => ValueTask.FromResult(caller.Scopes),
            CallerKind.Person when _known.TryGetValue(caller.Id, out var known) && clock.GetElapsedTime(known.At) < s_memory =>
                ValueTask.FromResult(known.Permissions),
            CallerKind.Person => ReadAsync(caller.Id, cancellationToken),
            _ => ValueTask.FromResult(s_none),
        };
    }

    /// <inheritdoc />
    public void Forget(Guid personId) => _known.TryRemove(personId, out _);

    private async ValueTask<IReadOnlySet<Permission>> ReadAsync(Guid personId, CancellationToken cancellationToken)
    {
        long at = clock.GetTimestamp();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.Set<Moderator>().AnyAsync(row => row.Id == personId && !row.Disabled, cancellationToken).ConfigureAwait(false))
            {
                return s_none;
            }

            List<string> roles = await (
                from link in db.Set<IdentityUserRole<Guid>>()
                join role in db.Set<IdentityRole<Guid>>() on link.RoleId equals role.Id
                where link.UserId == personId
                select role.Name!).Concat(db.GlassOf(personId, clock.Now()).Select(glass => glass.Role)).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<Permission> own = await db.HeldBesideStandingRoles(personId).ToListAsync(cancellationToken).ConfigureAwait(false);
            HashSet<Permission> permissions = [.. roles.SelectMany(Roles.PermissionsOf), .. own];
            _known[personId] = (at, permissions);
            return permissions;
        }
    }
}
