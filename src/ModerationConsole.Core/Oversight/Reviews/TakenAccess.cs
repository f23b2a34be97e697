using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>Takes what a line of a review is about, as whoever manages people and keys would.</summary>
public sealed class TakenAccess(IAccessGuard guard, KnownApiKeys known)
{
    /// <summary>Takes it. Where it is the last administrator's, it stays and the answer is <see cref="ReviewLineState.Kept"/>.</summary>
    /// <param name="taken">What the answer is where it was taken.</param>
    internal async Task<ReviewLineState> TakeAsync(WriteScope scope, Caller caller, ReviewLine line, ReviewLineState taken, CancellationToken cancellationToken) => line switch
    {
        { KeyId: { } key } => await TakeKeyAsync(scope, caller, key, cancellationToken).ConfigureAwait(false) ? taken : ReviewLineState.Gone,
        { PersonId: { } person, Permission: { } permission } =>
            await TakePermissionAsync(scope, caller, person, permission, cancellationToken).ConfigureAwait(false) ? taken : ReviewLineState.Gone,
        { PersonId: { } person, RoleId: { } role } => await TakeRoleAsync(scope, caller, person, role, taken, cancellationToken).ConfigureAwait(false),
        _ => throw new InvalidOperationException("A line is about a role, a permission or a key."),
    };

    /// <summary>Whether what a line is about is still held.</summary>
    internal static Task<bool> IsHeldAsync(WriteScope scope, ReviewLine line, CancellationToken cancellationToken) =>
        line.KeyId is { } key ? scope.Db.Set<ApiKey>().AnyAsync(row => row.Id == key && row.RevokedAt == null, cancellationToken)
            : line.Permission is { } permission
                ? scope.Db.Set<PersonPermission>().AnyAsync(row => row.PersonId == line.PersonId && row.Permission == permission, cancellationToken)
                : scope.Db.UserRoles.AnyAsync(row => row.UserId == line.PersonId && row.RoleId == line.RoleId, cancellationToken);

    private async Task<ReviewLineState> TakeRoleAsync(
        WriteScope scope, Caller caller, Guid personId, Guid roleId, ReviewLineState taken, CancellationToken cancellationToken)
    {
        string role = await scope.Db.Roles.Where(row => row.Id == roleId).Select(row => row.Name!).SingleAsync(cancellationToken).ConfigureAwait(false);
        // What was taken before in this operation is gone from here, too.
        string[] held = [.. await scope.RolesOfAsync(personId, cancellationToken).ConfigureAwait(false)];
        if (!held.Contains(role, StringComparer.Ordinal))
        {
            return ReviewLineState.Gone;
        }

        if (role == Roles.Admin && !await scope.OthersAdministerAsync(personId, cancellationToken).ConfigureAwait(false))
        {
            return ReviewLineState.Kept;
        }

        RoleChange change = await RoleChange.ToAsync(scope, personId, [.. held.Where(one => one != role)], cancellationToken).ConfigureAwait(false);
        await change.ApplyAsync(scope, caller, cancellationToken).ConfigureAwait(false);
        await ToldAsync(scope, personId, cancellationToken).ConfigureAwait(false);
        return taken;
    }

    private async Task<bool> TakePermissionAsync(WriteScope scope, Caller caller, Guid personId, Permission permission, CancellationToken cancellationToken)
    {
        if (await scope.Db.Set<PersonPermission>().SingleOrDefaultAsync(row => row.PersonId == personId && row.Permission == permission, cancellationToken)
            .ConfigureAwait(false) is not { } held)
        {
            return false;
        }

        scope.Db.Remove(held);
        scope.Record(caller, AuditAct.PermissionRevoked, subject: personId.ToString(), details: new Dictionary<string, object?> { ["permission"] = permission.ToString() });
        await ToldAsync(scope, personId, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> TakeKeyAsync(WriteScope scope, Caller caller, Guid keyId, CancellationToken cancellationToken) =>
        await RevokeApiKey.RevokeAsync(scope, caller, keyId, known, cancellationToken).ConfigureAwait(false) == RevokeKeyOutcome.Revoked;

    private async Task ToldAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        scope.Touch(await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == personId, cancellationToken).ConfigureAwait(false));
        scope.TellOf(personId, PersonChange.Access, guard);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
