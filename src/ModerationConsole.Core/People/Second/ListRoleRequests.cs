using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Second;

/// <summary>A role that waits for a second administrator.</summary>
/// <param name="MayAgree">Whether the reader may agree: they neither asked nor would have it.</param>
public sealed record WaitingRole(Guid Id, Guid PersonId, string Person, string Role, string AskedBy, DateTimeOffset AskedAt, bool MayAgree);

/// <summary>Lists the roles that wait for a second administrator, the oldest first.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ListRoleRequests(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Those that wait.</summary>
    public async Task<IReadOnlyList<WaitingRole>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListRoleRequests>(caller, cancellationToken).ConfigureAwait(false);
        Guid me = caller.Id;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from request in db.Set<RoleRequest>()
                join person in db.Set<Moderator>() on request.PersonId equals person.Id
                join asker in db.Set<Moderator>() on request.AskedBy equals asker.Id
                join role in db.Roles on request.RoleId equals role.Id
                where request.State == RoleRequestState.Waiting
                orderby request.AskedAt
                select new WaitingRole(
                    request.Id, person.Id, person.DisplayName, role.Name!, asker.DisplayName, request.AskedAt, request.AskedBy != me && request.PersonId != me))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
