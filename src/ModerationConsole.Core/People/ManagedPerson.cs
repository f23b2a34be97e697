using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.People;

/// <summary>How a change to a person ended.</summary>
public enum PersonOutcome
{
    Done,
    UnknownPerson,

    /// <summary>Nobody changes their own roles or permissions, disables themselves or resets their own password here.</summary>
    Oneself,

    /// <summary>It would leave nobody who may manage people.</summary>
    LastAdmin,

    /// <summary>A role that does not exist, or a permission that is not given by person.</summary>
    NotGrantable,

    /// <summary>Name or languages cannot be stored as given, or the team does not exist.</summary>
    Invalid,

    /// <summary>Done, but for powerful roles, which wait for a second administrator.</summary>
    Asked,

    /// <summary>They would hold what is to stay apart.</summary>
    Apart,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>What the commands that change people share.</summary>
internal static class ManagedPerson
{
    /// <summary>Whether the caller would change themselves.</summary>
    public static bool IsOneself(Caller caller, Guid personId) => caller.Kind == CallerKind.Person && caller.Id == personId;

    /// <summary>The person's row and account; null when there is no such person.</summary>
    public static async Task<(Moderator Person, IdentityUser<Guid> Account)?> FindPersonAsync(this WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        Moderator? person = await scope.Db.Set<Moderator>().SingleOrDefaultAsync(row => row.Id == personId, cancellationToken).ConfigureAwait(false);
        return person is null
            ? null
            : (person, await scope.Db.Users.SingleAsync(row => row.Id == personId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The names of the roles that a person holds.</summary>
    public static Task<List<string>> RolesOfAsync(this WriteScope scope, Guid personId, CancellationToken cancellationToken) => (
        from link in scope.Db.UserRoles
        join role in scope.Db.Roles on link.RoleId equals role.Id
        where link.UserId == personId
        select role.Name!).ToListAsync(cancellationToken);

    /// <summary>Has two changes of what people may do meet, where they come at the same moment: each reckons with what the person holds.</summary>
    public static void Touch(this WriteScope scope, params IEnumerable<Moderator> people)
    {
        foreach (Moderator person in people)
        {
            scope.Db.Entry(person).Property(row => row.DisplayName).IsModified = true;
        }
    }

    /// <summary>What a person signs in with; empty where there is no such account.</summary>
    public static async Task<string> EmailOfAsync(this ConsoleDbContext db, Guid personId, CancellationToken cancellationToken) =>
        await db.Users.Where(row => row.Id == personId).Select(row => row.Email).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? "";

    /// <summary>Whether an enabled administrator is left without this person.</summary>
    public static async Task<bool> OthersAdministerAsync(this WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        // Touched, so that two administrators who take the role from each other at the same moment meet here.
        IdentityRole<Guid> admin = await scope.Db.Roles.SingleAsync(role => role.Name == Roles.Admin, cancellationToken).ConfigureAwait(false);
        admin.ConcurrencyStamp = Guid.NewGuid().ToString();
        return await (
            from link in scope.Db.UserRoles
            join person in scope.Db.Set<Moderator>() on link.UserId equals person.Id
            where link.RoleId == admin.Id && link.UserId != personId && !person.Disabled
            select link).AnyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells every node that a person changed, once it is stored.</summary>
    public static void TellOf(this WriteScope scope, Guid personId, PersonChange change, IAccessGuard guard)
    {
        scope.Publish(LiveKind.PersonChanged, personId: personId, state: change.ToString());
        scope.AfterCommit(() => guard.Forget(personId));
    }

    /// <summary>Has the upper rooms take back what a person holds.</summary>
    public static async Task LeaveAsync(
        this WriteScope scope, IEnumerable<IPersonObserver> observers, Caller caller, Guid personId, PersonChange why, CancellationToken cancellationToken)
    {
        foreach (IPersonObserver observer in observers)
        {
            await observer.LeavingAsync(scope, caller, personId, why, cancellationToken).ConfigureAwait(false);
        }
    }
}
