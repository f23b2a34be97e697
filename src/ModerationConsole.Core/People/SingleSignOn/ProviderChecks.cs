using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>A session of which its provider is to be asked whether it may go on.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Provider">The provider's configured name.</param>
/// <param name="Subject">Who the person is to it, as <see cref="ProviderChecks.KeyOf"/> gives it.</param>
/// <param name="Tokens">Its tokens, encrypted.</param>
public sealed record DueCheck(Guid SessionId, string Provider, string Subject, string Tokens);

/// <summary>Keeps what providers gave with sign-ins, says what is to be asked again, and does what the answers ask for.</summary>
public sealed class ProviderChecks(
    WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IEnumerable<IPersonObserver> observers,
    IOptionsMonitor<SingleSignOnOptions> options, IOptions<SessionOptions> sessions, TimeProvider clock, Separation separation)
{
    // How long one node has for what it took; then another may.
    private static readonly TimeSpan s_turn = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    /// <summary>A provider's subject as it is stored.</summary>
    public static string KeyOf(string subject) => ProviderKey.Of(subject);

    /// <summary>Provider and encrypted tokens of a session; null for one that no provider began.</summary>
    public async Task<DueCheck?> OfSessionAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<ProviderGrant>().Where(row => row.SessionId == sessionId)
                .Select(row => new DueCheck(row.SessionId, row.Provider, row.Subject, row.Tokens))
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same of all sessions of a person.</summary>
    public async Task<IReadOnlyList<DueCheck>> OfPersonAsync(Guid personId, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from grant in db.Set<ProviderGrant>()
                join session in db.Set<PersonSession>() on grant.SessionId equals session.Id
                where session.PersonId == personId
                select new DueCheck(grant.SessionId, grant.Provider, grant.Subject, grant.Tokens)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes what is due, for this node alone: a refresh token may be used once only. Drops what belongs to sessions that are over.</summary>
    public async Task<IReadOnlyList<DueCheck>> TakeDueAsync(int most, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.Set<ProviderGrant>().AnyAsync(row => row.CheckAt <= now, cancellationToken).ConfigureAwait(false))
            {
                return [];
            }
        }

        return await writes.RunAsync((scope, cancel) => TakeAsync(scope, most, cancel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The provider said that the person may stay.</summary>
    /// <param name="groups">Their groups now; null where it did not say.</param>
    public Task ConfirmAsync(Guid sessionId, IReadOnlyCollection<string>? groups, string tokens, CancellationToken cancellationToken) =>
        ChangeAsync(
            sessionId,
            async (scope, grant, cancel) =>
            {
                (grant.Tokens, grant.ConfirmedAt) = (tokens, scope.Now);
                grant.CheckAt = scope.Now.AddMinutes(options.CurrentValue.RecheckMinutes);
                if (groups is null || !options.CurrentValue.Providers.TryGetValue(grant.Provider, out ProviderOptions? provider))
                {
                    return;
                }

                IReadOnlySet<string> roles = await RoleChange.GrantableAsync(scope, provider.RolesOf(groups), cancel).ConfigureAwait(false);
                bool apart = await separation.ForbidsAsync(scope, grant.PersonId, roles, cancel).ConfigureAwait(false);
                if (apart)
                {
                    roles = new HashSet<string>();
                }

                RoleChange change = await RoleChange.ToAsync(scope, grant.PersonId, roles, cancel).ConfigureAwait(false);
                if (await change.ApplyAsync(scope, Caller.System, cancel).ConfigureAwait(false))
                {
                    scope.TellOf(grant.PersonId, PersonChange.Access, guard);
                }

                if (roles.Count == 0)
                {
                    await EndSessions.OfPersonAsync(scope, grant.PersonId, SessionEnd.Provider, guard, cancel).ConfigureAwait(false);
                    await scope.EndedByProviderAsync(observers, grant.PersonId, grant.Provider, apart ? "apart" : "groups", cancel).ConfigureAwait(false);
                }
            },
            cancellationToken);

    /// <summary>The provider said that it knows the person no more, or will not speak for them.</summary>
    public Task RefuseAsync(Guid sessionId, CancellationToken cancellationToken) =>
        ChangeAsync(sessionId, (scope, grant, cancel) => EndAsync(scope, grant, "refused", cancel), cancellationToken);

    /// <summary>The provider could not be asked. That is borne for a while.</summary>
    public Task PostponeAsync(Guid sessionId, CancellationToken cancellationToken) =>
        ChangeAsync(
            sessionId,
            (scope, grant, cancel) =>
            {
                grant.CheckAt = scope.Now + s_again;
                return scope.Now - grant.ConfirmedAt < TimeSpan.FromMinutes(options.CurrentValue.UnconfirmedMinutes)
                    ? Task.CompletedTask
                    : EndAsync(scope, grant, "unconfirmed", cancel);
            },
            cancellationToken);

    private async Task<IReadOnlyList<DueCheck>> TakeAsync(WriteScope scope, int most, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = scope.Now.AddHours(-sessions.Value.Hours);
        DbSet<PersonSession> all = scope.Db.Set<PersonSession>();
        await scope.Db.Set<ProviderGrant>()
            .Where(row => row.CheckAt <= scope.Now && !all.Any(session => session.Id == row.SessionId && session.EndedAt == null && session.StartedAt > oldest))
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        List<ProviderGrant> due = await scope.Db.Set<ProviderGrant>().Where(row => row.CheckAt <= scope.Now).OrderBy(row => row.CheckAt).Take(most)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ProviderGrant grant in due)
        {
            grant.CheckAt = scope.Now + s_turn;
        }

        return [.. due.Select(row => new DueCheck(row.SessionId, row.Provider, row.Subject, row.Tokens))];
    }

    private async Task EndAsync(WriteScope scope, ProviderGrant grant, string reason, CancellationToken cancellationToken)
    {
        scope.Db.Remove(grant);
        if (await EndSessions.OneAsync(scope, grant.PersonId, grant.SessionId, SessionEnd.Provider, guard, cancellationToken).ConfigureAwait(false) > 0)
        {
            await scope.EndedByProviderAsync(observers, grant.PersonId, grant.Provider, reason, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(Guid sessionId, Func<WriteScope, ProviderGrant, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.Db.Set<ProviderGrant>().SingleOrDefaultAsync(row => row.SessionId == sessionId, cancel).ConfigureAwait(false) is { } grant)
                {
                    await change(scope, grant, cancel).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
