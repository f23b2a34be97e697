using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

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

    /// <summary>Whether it takes this role away.</summary>
    public bool Revokes(string role) => _revoked.Any(link => _names[link.RoleId] == role);

    /// <summary>Makes it so, each role with its audit entry; whether that was anything at all.</summary>
    public bool Apply(WriteScope scope, Caller caller)
    {
        foreach (IdentityUserRole<Guid> link in _revoked)
        {
            scope.Db.UserRoles.Remove(link);
            Record(scope, caller, AuditAct.RoleRevoked, link.RoleId);
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
