using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>Makes a role out of permissions. Its name stays for good: settings and the audit call it by that.</summary>
[Requires(Permission.ManagePeople)]
public sealed class MakeRole(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation) : IUseCase
{
    /// <summary>Makes it.</summary>
    public async Task<OwnRoleOutcome> RunAsync(
        Caller caller, string name, string description, IReadOnlyCollection<Permission> permissions, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MakeRole>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new OwnRoleOutcome(OwnRoleResult.ProveFirst);
        }

        // Settings list roles by name, with commas between them.
        if (PersonText.Name(name) is not { } kept || kept.Contains(',', StringComparison.Ordinal))
        {
            return new OwnRoleOutcome(OwnRoleResult.InvalidName);
        }

        (HashSet<Permission>? included, OwnRoleResult refusal) = OwnRoleChange.Check(description, permissions);
        return included is null ? new OwnRoleOutcome(refusal)
            : separation.Forbids(included) ? new OwnRoleOutcome(OwnRoleResult.Apart)
            : await writes.RunAsync(
                async (scope, cancel) =>
                {
                    string normalized = kept.ToUpperInvariant();
                    if (await scope.Db.Roles.AnyAsync(role => role.NormalizedName == normalized, cancel).ConfigureAwait(false))
                    {
                        return new OwnRoleOutcome(OwnRoleResult.NameTaken);
                    }

                    OwnRole made = new() { Id = Guid.CreateVersion7(), Description = (description ?? "").Trim(), TouchedAt = scope.Now };
                    scope.Db.Roles.Add(new IdentityRole<Guid>(kept) { Id = made.Id, NormalizedName = normalized, ConcurrencyStamp = Guid.NewGuid().ToString() });
                    scope.Db.Add(made);
                    await scope.SetPermissionsAsync(made, included, cancel).ConfigureAwait(false);
                    scope.RecordRole(caller, AuditAct.RoleMade, made.Id, kept, before: null, (made.Description, included));
                    return new OwnRoleOutcome(OwnRoleResult.Saved, made.Id);
                },
                cancellationToken).ConfigureAwait(false);
    }
}
