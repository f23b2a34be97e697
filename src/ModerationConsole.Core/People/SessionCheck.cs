using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Tells whether a session still stands: the person is not disabled and the account's stamp is the session's.</summary>
public sealed class SessionCheck(IDbContextFactory<ConsoleDbContext> contexts)
{
    /// <summary>Reads it from the database, each time: a session that ended must not open one request more.</summary>
    public async Task<bool> IsCurrentAsync(Guid personId, string stamp, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from account in db.Users
                join person in db.Set<Moderator>() on account.Id equals person.Id
                where account.Id == personId && account.SecurityStamp == stamp && !person.Disabled
                select account.Id).AnyAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
