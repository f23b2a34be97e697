using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>How a change of the roles that are made here ended.</summary>
public enum OwnRoleResult
{
    Saved,

    /// <summary>There is none, it is a standing role, or it is retired.</summary>
    UnknownRole,

    /// <summary>The name is empty, too long, or holds a comma or control characters.</summary>
    InvalidName,

    /// <summary>A role has this name, or had it before it was retired.</summary>
    NameTaken,

    /// <summary>The description is too long.</summary>
    InvalidDescription,

    /// <summary>It would include nothing beyond opening the console.</summary>
    NoPermission,

    /// <summary>It would include what no standing role includes, such as child safety.</summary>
    NotGrantable,

    /// <summary>It would include what is to stay apart, or someone who holds it would.</summary>
    Apart,

    /// <summary>It would bring something powerful to those who hold it, or for whom it was asked, without a second administrator.</summary>
    SecondPerson,

    /// <summary>The caller holds the role: nobody changes what they may do themselves.</summary>
    HeldByOneself,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>Outcome of a change of the roles that are made here.</summary>
public sealed record OwnRoleOutcome(OwnRoleResult Result, Guid RoleId = default);

/// <summary>What the commands that change roles made here share.</summary>
internal static class OwnRoleChange
{
    /// <summary>What a role of these permissions includes; null, with the reason, where it cannot be made.</summary>
    public static (HashSet<Permission>? Permissions, OwnRoleResult Refusal) Check(string? description, IReadOnlyCollection<Permission> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return (description ?? "").Trim().Length > TextLength.Line ? (null, OwnRoleResult.InvalidDescription)
            : permissions.Except(Roles.Combinable).Any() ? (null, OwnRoleResult.NotGrantable)
            : !permissions.Any(permission => permission != Permission.UseConsole) ? (null, OwnRoleResult.NoPermission)
            : ([.. permissions, Permission.UseConsole], default);
    }

    /// <summary>The role, if it was made here and is not retired.</summary>
    public static Task<OwnRole?> FindOwnRoleAsync(this WriteScope scope, Guid roleId, CancellationToken cancellationToken) =>
        scope.Db.Set<OwnRole>().SingleOrDefaultAsync(row => row.Id == roleId && row.RetiredAt == null, cancellationToken);

    /// <summary>Who holds a role.</summary>
    public static Task<List<Guid>> HoldersAsync(this WriteScope scope, Guid roleId, CancellationToken cancellationToken) =>
        scope.Db.UserRoles.Where(link => link.RoleId == roleId).Select(link => link.UserId).ToListAsync(cancellationToken);

    /// <summary>Makes the role include exactly these; what it included before.</summary>
    public static async Task<IReadOnlyList<Permission>> SetPermissionsAsync(
        this WriteScope scope, OwnRole role, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        List<OwnRolePermission> held = await scope.Db.Set<OwnRolePermission>().Where(row => row.RoleId == role.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.RemoveRange(held.Where(row => !permissions.Contains(row.Permission)));
        scope.Db.AddRange(permissions.Except(held.Select(row => row.Permission)).Select(permission => new OwnRolePermission { RoleId = role.Id, Permission = permission }));
        return [.. held.Select(row => row.Permission)];
    }

    /// <summary>Keeps in the audit what the role is after a change, and what it was before.</summary>
    public static void RecordRole(
        this WriteScope scope, Caller caller, AuditAct act, Guid roleId, string name, (string Text, IEnumerable<Permission> Permissions)? before,
        (string Text, IEnumerable<Permission> Permissions)? after)
    {
        Dictionary<string, object?> details = new() { ["role"] = name };
        if (before is { } was)
        {
            (details["before"], details["descriptionBefore"]) = (List(was.Permissions), was.Text);
        }

        if (after is { } now)
        {
            (details["after"], details["descriptionAfter"]) = (List(now.Permissions), now.Text);
        }

        scope.Record(caller, act, subject: roleId.ToString(), details: details);
    }

    private static string List(IEnumerable<Permission> permissions) => string.Join(", ", permissions.Order());
}
