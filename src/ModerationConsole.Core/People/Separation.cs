using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Glass;
using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Core.People;

/// <summary>When a powerful role is given only with a second administrator's consent.</summary>
public enum SecondPersonRule
{
    /// <summary>Where there is a second administrator who could agree.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>Which duties stay apart. Section <c>Separation</c>.</summary>
public sealed class SeparationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Separation";

    /// <summary>
    /// <c>Separation:Apart</c>: pairs of permissions that nobody holds together, by whichever roles, as <c>ViewAudit+ManagePeople</c>,
    /// separated by commas; empty for none. As it comes, whoever reads the audit neither runs the console nor decides.
    /// </summary>
    public string Apart { get; set; } =
        "ViewAudit+ManagePeople, ViewAudit+ManageKeys, ViewAudit+ManageRetention, ViewAudit+ReviewCases, ViewAudit+ActInBulk, ViewAudit+ApproveBulk, "
        + "ViewAudit+RuleOnEscalations, ViewAudit+HearAppeals, ViewAudit+AdjudicateQuality";

    /// <summary><c>Separation:SecondPerson</c>: whether a role that includes what only administrators and auditors do is given by two of them.</summary>
    public SecondPersonRule SecondPerson { get; set; }

    /// <summary>The pairs; null in the place of one that is none.</summary>
    internal IReadOnlyList<(Permission One, Permission Other)?> Pairs() =>
        [.. Apart.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Pair)];

    private static (Permission, Permission)? Pair(string text) =>
        text.Split('+', StringSplitOptions.TrimEntries) is [var one, var other] && Named(one) is { } first && Named(other) is { } second && first != second
            ? (first, second)
            : null;

    private static Permission? Named(string text) => Enum.GetNames<Permission>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<Permission>(text) : null;
}

internal sealed class SeparationOptionsValidator : IValidateOptions<SeparationOptions>
{
    public ValidateOptionsResult Validate(string? name, SeparationOptions options) => options.Pairs().Any(pair => pair is null)
        ? ValidateOptionsResult.Fail(
            $"{SeparationOptions.Section}:Apart must be pairs of two permissions such as {Permission.ViewAudit}+{Permission.ManagePeople}, separated by commas.")
        : ValidateOptionsResult.Success;
}

/// <summary>Tells whether somebody would hold what is to stay apart, by whichever roles and permissions.</summary>
public sealed class Separation(IOptions<SeparationOptions> options)
{
    private readonly (Permission One, Permission Other)[] _pairs = [.. options.Value.Pairs().Select(pair => pair!.Value)];

    /// <summary>Whether these may not be held together.</summary>
    public bool Forbids(IReadOnlySet<Permission> held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return _pairs.Any(pair => held.Contains(pair.One) && held.Contains(pair.Other));
    }

    /// <summary>Whether a person may not hold these roles together, beside what was given to them one by one.</summary>
    /// <param name="personId">Null for somebody who has nothing yet.</param>
    internal async Task<bool> ForbidsAsync(
        WriteScope scope, Guid? personId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken, Permission? more = null)
    {
        List<Permission> made = await (
            from role in scope.Db.Roles
            join included in scope.Db.Set<OwnRolePermission>() on role.Id equals included.RoleId
            where roles.Contains(role.Name!)
            select included.Permission).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<Permission> given = await scope.Db.Set<PersonPermission>().Where(row => row.PersonId == personId).Select(row => row.Permission)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        // What they took for a while counts, too.
        List<string> taken = personId is { } person
            ? await scope.Db.GlassOf(person, scope.Now).Select(glass => glass.Role).ToListAsync(cancellationToken).ConfigureAwait(false)
            : [];
        HashSet<Permission> held = [.. roles.Concat(taken).SelectMany(Roles.PermissionsOf), .. made, .. given];
        if (more is { } one)
        {
            held.Add(one);
        }

        return Forbids(held);
    }

    /// <summary>Whether a role made here may not have these permissions: by itself, or for what someone who holds it holds besides.</summary>
    internal async Task<bool> ForbidsAmongAsync(
        WriteScope scope, Guid roleId, IReadOnlySet<Permission> permissions, IReadOnlyCollection<Guid> holders, CancellationToken cancellationToken)
    {
        ILookup<Guid, string> standing = (await (
            from link in scope.Db.UserRoles
            join role in scope.Db.Roles on link.RoleId equals role.Id
            where holders.Contains(link.UserId) && link.RoleId != roleId
            select new { link.UserId, Name = role.Name! }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.UserId, row => row.Name);
        ILookup<Guid, Permission> made = (await (
            from link in scope.Db.UserRoles
            join included in scope.Db.Set<OwnRolePermission>() on link.RoleId equals included.RoleId
            where holders.Contains(link.UserId) && link.RoleId != roleId
            select new { link.UserId, included.Permission }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.UserId, row => row.Permission);
        ILookup<Guid, Permission> given = (await scope.Db.Set<PersonPermission>().Where(row => holders.Contains(row.PersonId))
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.PersonId, row => row.Permission);
        return Forbids(permissions) || holders.Any(person => Forbids(
            new HashSet<Permission>([.. permissions, .. standing[person].SelectMany(Roles.PermissionsOf), .. made[person], .. given[person]])));
    }
}
