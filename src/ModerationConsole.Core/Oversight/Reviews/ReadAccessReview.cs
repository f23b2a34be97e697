using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>Something that somebody may do, as a review asks about it.</summary>
/// <param name="PersonId">Whose; null for a key.</param>
/// <param name="Name">Name of the person or the key.</param>
/// <param name="Role">Name of the role, where it is one.</param>
/// <param name="Permissions">What it opens now.</param>
/// <param name="LastUsedAt">When the person was last here, or the key last opened a request, UTC; null where nothing is known of it.</param>
/// <param name="Disabled">Whether the person is disabled.</param>
/// <param name="Own">Whether it is the caller's, who then may not answer it.</param>
/// <param name="AnsweredBy">Name of who answered.</param>
public sealed record ReviewLineRow(
    Guid Id, Guid? PersonId, string Name, string? Role, IReadOnlyList<Permission> Permissions, DateTimeOffset? LastUsedAt, bool Disabled, bool Own, ReviewLineState State,
    string? AnsweredBy, DateTimeOffset? AnsweredAt);

/// <summary>The lines of a review, by name: people first, then keys.</summary>
[Requires(Permission.ReviewAccess)]
public sealed class ReadAccessReview(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads them; none for a review that there is not.</summary>
    public async Task<IReadOnlyList<ReviewLineRow>> RunAsync(Caller caller, int review, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadAccessReview>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<ReviewLine> lines = await db.Set<ReviewLine>().AsNoTracking().Where(row => row.Review == review).ToListAsync(cancellationToken).ConfigureAwait(false);
            var people = await db.Set<Moderator>().Where(person => db.Set<ReviewLine>().Any(line => line.Review == review && (line.PersonId == person.Id || line.AnsweredBy == person.Id)))
                .Select(person => new
                {
                    person.Id,
                    person.DisplayName,
                    person.Disabled,
                    Seen = db.Set<PersonSession>().Where(session => session.PersonId == person.Id).Max(session => (DateTimeOffset?)session.LastSeenAt),
                }).ToDictionaryAsync(person => person.Id, cancellationToken).ConfigureAwait(false);
            var keys = await db.Set<ApiKey>().Where(key => db.Set<ReviewLine>().Any(line => line.Review == review && line.KeyId == key.Id))
                .Select(key => new { key.Id, key.Name, key.Prefix, key.Scopes, key.LastUsedAt }).ToDictionaryAsync(key => key.Id, cancellationToken).ConfigureAwait(false);
            Dictionary<Guid, string> roles = await db.Roles.ToDictionaryAsync(role => role.Id, role => role.Name!, cancellationToken).ConfigureAwait(false);
            ILookup<Guid, Permission> made = (await db.Set<OwnRolePermission>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(row => row.RoleId, row => row.Permission);
            return
            [
                .. lines.Select(line => line.PersonId is { } personId
                        ? new ReviewLineRow(
                            line.Id, personId, people[personId].DisplayName, line.RoleId is { } role ? roles[role] : null, Opened(line), people[personId].Seen,
                            people[personId].Disabled, personId == caller.Id, line.State, By(line), line.AnsweredAt)
                        : new ReviewLineRow(
                            line.Id, null, $"{keys[line.KeyId!.Value].Name} {keys[line.KeyId!.Value].Prefix}", null, [.. ApiKeys.Read(keys[line.KeyId!.Value].Scopes).Order()],
                            keys[line.KeyId!.Value].LastUsedAt, Disabled: false, Own: false, line.State, By(line), line.AnsweredAt))
                    .OrderBy(row => row.PersonId is null).ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(row => row.PersonId)
                    .ThenBy(row => row.Role is null).ThenBy(row => row.Role, StringComparer.Ordinal),
            ];

            string? By(ReviewLine line) => line.AnsweredBy is { } by ? people[by].DisplayName : null;
            IReadOnlyList<Permission> Opened(ReviewLine line) =>
                line.Permission is { } one ? [one] : [.. Roles.PermissionsOf(roles[line.RoleId!.Value]).Concat(made[line.RoleId!.Value]).Order()];
        }
    }
}
