using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.People;

/// <summary>The signed-in person, for their own eyes.</summary>
/// <param name="Languages">BCP 47, comma separated; empty means any.</param>
/// <param name="TimeZone">IANA zone; empty means the browser's.</param>
/// <param name="Theme">One of <see cref="Themes.All"/>; empty means the system's.</param>
/// <param name="DeskSettings">JSON of the desk's own.</param>
/// <param name="Permissions">What the person may do now.</param>
public sealed record Myself(
    Guid Id, string Email, string DisplayName, string Pseudonym, string? Team, string Languages, string TimeZone, string Theme,
    string DeskSettings, IReadOnlyList<string> Roles, IReadOnlySet<Permission> Permissions)
{
    /// <summary>The role that the person took for a while, and until when, UTC; null where they took none.</summary>
    public (string Role, DateTimeOffset EndsAt)? Taken { get; init; }
}

/// <summary>The themes a person may choose.</summary>
public static class Themes
{
    /// <summary>Their names; empty is the system's choice.</summary>
    public static readonly IReadOnlyList<string> All = ["", "light", "dark", "calm"];
}

/// <summary>Reads the signed-in person's own settings, roles and permissions.</summary>
[Requires(Permission.UseConsole)]
public sealed class GetMyself(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>The caller; null when the caller is no person.</summary>
    public async Task<Myself?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetMyself>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var row = await (
                from person in db.Set<Moderator>().AsNoTracking()
                join account in db.Users on person.Id equals account.Id
                join team in db.Set<Team>() on person.TeamId equals team.Id into teams
                from team in teams.DefaultIfEmpty()
                where person.Id == caller.Id
                select new
                {
                    Person = person,
                    account.Email,
                    Team = team == null ? null : team.Name,
                    Roles = (from link in db.UserRoles
                             join role in db.Roles on link.RoleId equals role.Id
                             where link.UserId == person.Id
                             orderby role.Name
                             select role.Name).ToList(),
                }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            GlassBreak? taken = await db.GlassOf(caller.Id, clock.Now()).AsNoTracking().FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return row is null
                ? null
                : new Myself(
                    row.Person.Id, row.Email ?? "", row.Person.DisplayName, row.Person.Pseudonym, row.Team, row.Person.Languages,
                    row.Person.TimeZone, row.Person.Theme, row.Person.DeskSettings, row.Roles, permissions)
                {
                    Taken = taken is null ? null : (taken.Role, taken.EndsAt),
                };
        }
    }
}
