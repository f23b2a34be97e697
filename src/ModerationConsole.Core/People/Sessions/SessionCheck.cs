using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>
/// Tells whether a session still stands: not ended, not idle or running for too long, the person not disabled, the account's stamp
/// the session's, and not opened by a password alone where a role of the person's demands more.
/// </summary>
public sealed class SessionCheck(
    IDbContextFactory<ConsoleDbContext> contexts, SessionsSeen seen, IOptions<SessionOptions> options,
    IOptions<SingleSignOnOptions> singleSignOn, IOptions<SecondFactorOptions> factors, TimeProvider clock)
{
    /// <summary>Reads it from the database, each time: a session that ended must not open one request more.</summary>
    public async Task<bool> IsCurrentAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        DateTimeOffset now = clock.Now();
        DateTimeOffset idleSince = now.AddMinutes(-options.Value.IdleMinutes);
        DateTimeOffset oldest = now.AddHours(-options.Value.Hours);
        bool localAccounts = singleSignOn.Value.LocalAccounts;
        bool anyDemands = factors.Value.Roles.Count > 0;
        bool seenHere = seen.At(session.Id) > idleSince;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Guid> demanding = db.RolesNeedingFactor(factors.Value);
            return await (
                from row in db.Set<PersonSession>()
                join account in db.Users on row.PersonId equals account.Id
                join person in db.Set<Moderator>() on account.Id equals person.Id
                where row.Id == session.Id && row.EndedAt == null && row.StartedAt > oldest && (seenHere || row.LastSeenAt > idleSince)
                    && account.Id == session.PersonId && account.SecurityStamp == session.Stamp && !person.Disabled
                    && (localAccounts || row.Method == SessionMethod.Provider)
                    && !(anyDemands && row.Method == SessionMethod.Password && !account.TwoFactorEnabled
                        && db.UserRoles.Any(link => link.UserId == account.Id && demanding.Contains(link.RoleId)))
                select account.Id).AnyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The person did something in the session, which keeps it from being idle.</summary>
    public void Used(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        seen.Note(session.Id);
    }
}
