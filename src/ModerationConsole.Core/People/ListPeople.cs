using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A person in the list of those who manage people.</summary>
/// <param name="Own">Permissions given by person.</param>
/// <param name="LockedUntil">UTC; null when not locked out.</param>
/// <param name="SecondFactor">Whether they have an app for codes, or a passkey.</param>
public sealed record PersonRow(
    Guid Id, string Email, string DisplayName, string Pseudonym, Guid? TeamId, string? Team, string Languages,
    IReadOnlyList<string> Roles, IReadOnlyList<Permission> Own, bool Disabled, DateTimeOffset? LockedUntil, DateTimeOffset AddedAt, bool SecondFactor);

/// <summary>A team and how many people it has.</summary>
public sealed record TeamRow(Guid Id, string Name, Guid? LeadId, string? Lead, int People);

/// <summary>Lists everyone who works here, by name.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ListPeople(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>All people, disabled ones included.</summary>
    public async Task<IReadOnlyList<PersonRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListPeople>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var people = await (
                from person in db.Set<Moderator>().AsNoTracking()
                join account in db.Users on person.Id equals account.Id
                join team in db.Set<Team>() on person.TeamId equals team.Id into teams
                from team in teams.DefaultIfEmpty()
                orderby person.DisplayName
                select new { Person = person, account.Email, Team = team == null ? null : team.Name, account.LockoutEnd, SecondFactor = account.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == account.Id) })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            ILookup<Guid, string> roles = (await (
                from link in db.UserRoles
                join role in db.Roles on link.RoleId equals role.Id
                select new { link.UserId, role.Name }).ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(row => row.UserId, row => row.Name!);
            ILookup<Guid, Permission> own = (await db.Set<PersonPermission>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(row => row.PersonId, row => row.Permission);
            return
            [
                .. people.Select(row => new PersonRow(
                    row.Person.Id, row.Email ?? "", row.Person.DisplayName, row.Person.Pseudonym, row.Person.TeamId, row.Team, row.Person.Languages,
                    [.. roles[row.Person.Id].Order(StringComparer.Ordinal)], [.. own[row.Person.Id].Order()],
                    row.Person.Disabled, row.LockoutEnd > now ? row.LockoutEnd : null, row.Person.AddedAt, row.SecondFactor)),
            ];
        }
    }
}

/// <summary>Lists the teams, by name.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ListTeams(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>All teams.</summary>
    public async Task<IReadOnlyList<TeamRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListTeams>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from team in db.Set<Team>()
                join lead in db.Set<Moderator>() on team.LeadId equals lead.Id into leads
                from lead in leads.DefaultIfEmpty()
                orderby team.Name
                select new TeamRow(
                    team.Id,
                    team.Name,
                    team.LeadId,
                    lead == null ? null : lead.DisplayName,
                    db.Set<Moderator>().Count(person => person.TeamId == team.Id)))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
