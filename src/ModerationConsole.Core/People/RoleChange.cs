using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Core.People;

/// <summary>What it takes for a person to hold exactly the named roles.</summary>
internal sealed class RoleChange
{
    private readonly Guid _personId;
    private readonly IReadOnlyDictionary<Guid, string> _names;
    private readonly IReadOnlyList<IdentityUserRole<Guid>> _revoked;
    private readonly IReadOnlyList<Guid> _granted;

    private RoleChange(Guid personId, IReadOnlyDictionary<Guid, string> names, IReadOnlyList<IdentityUserRole<Guid>> revoked, IReadOnlyList<Guid> granted) =>
        (_personId, _names, _revoked, _granted) = (personId, names, revoked, granted);

    /// <summary>Those of the named roles that there are and that can be given.</summary>
    public static async Task<IReadOnlySet<string>> GrantableAsync(WriteScope scope, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        string[] others = [.. roles.Except(Roles.All)];
        List<string> made = others.Length == 0
            ? []
            : await (
                from role in scope.Db.Roles
                join own in scope.Db.Set<OwnRole>() on role.Id equals own.Id
                where others.Contains(role.Name) && own.RetiredAt == null
                select role.Name!).ToListAsync(cancellationToken).ConfigureAwait(false);
        return roles.Intersect([.. Roles.All, .. made]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reckons it against what the person holds now.</summary>
    public static async Task<RoleChange> ToAsync(WriteScope scope, Guid personId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        Dictionary<Guid, string> names = await scope.Db.Roles.ToDictionaryAsync(role => role.Id, role => role.Name!, cancellationToken).ConfigureAwait(false);
        List<IdentityUserRole<Guid>> held = await scope.Db.UserRoles.Where(row => row.UserId == personId).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new RoleChange(
            personId, names,
            [.. held.Where(link => !roles.Contains(names[link.RoleId]))],
            [.. names.Where(role => roles.Contains(role.Value)).Select(role => role.Key).Except(held.Select(link => link.RoleId))]);
    }

    /// <summary>The roles that it gives.</summary>
    public IReadOnlyList<string> Granted => [.. _granted.Select(id => _names[id])];

    /// <summary>Whether it takes this role away.</summary>
    public bool Revokes(string role) => _revoked.Any(link => _names[link.RoleId] == role);

    /// <summary>The same without giving these.</summary>
    public RoleChange Without(IReadOnlySet<string> roles) => new(_personId, _names, _revoked, [.. _granted.Where(id => !roles.Contains(_names[id]))]);

    /// <summary>Makes it so, each role with its audit entry; whether that was anything at all.</summary>
    public async Task<bool> ApplyAsync(WriteScope scope, Caller caller, CancellationToken cancellationToken)
    {
        foreach (IdentityUserRole<Guid> link in _revoked)
        {
            scope.Db.UserRoles.Remove(link);
            Record(scope, caller, AuditAct.RoleRevoked, link.RoleId);
        }

        // Touched, so that one that is retired or changed at the same moment is not given as it was.
        foreach (OwnRole made in await scope.Db.Set<OwnRole>().Where(row => _granted.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            made.TouchedAt = scope.Now;
        }

        foreach (Guid id in _granted)
        {
            scope.Db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = _personId, RoleId = id });
            Record(scope, caller, AuditAct.RoleGranted, id);
        }

        return _revoked.Count + _granted.Count > 0;
    }

    private void Record(WriteScope scope, Caller caller, AuditAct act, Guid role) =>
        scope.Record(caller, act, subject: _personId.ToString(), details: new Dictionary<string, object?> { ["role"] = _names[role] });
}
