using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>What a checked logout token says.</summary>
/// <param name="Provider">The provider's configured name.</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="Subject">Whose sessions end; null where only a session is named.</param>
/// <param name="Session">Which of the provider's sessions ends; null for all of the subject.</param>
public sealed record ProviderLogout(string Provider, string Issuer, string TokenId, string? Subject, string? Session);

/// <summary>Ends what a provider says is over, at once and in open pages too. Each token is obeyed once.</summary>
[Anonymous("The provider's signature was checked before; it has no account here.")]
public sealed class EndSessionsAtProvider(WritePath writes, IAccessGuard guard, IEnumerable<IPersonObserver> observers) : IUseCase
{
    // Much longer than a token is accepted after it was made.
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    /// <summary>Ends the sessions; false where the token was used before.</summary>
    public Task<bool> RunAsync(ProviderLogout logout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(logout);
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{logout.Issuer}\n{logout.TokenId}")));
        return writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.Db.Set<UsedLogoutToken>().AnyAsync(row => row.Id == id, cancel).ConfigureAwait(false))
                {
                    return false;
                }

                DateTimeOffset forgotten = scope.Now - s_remembered;
                await scope.Db.Set<UsedLogoutToken>().Where(row => row.UsedAt < forgotten).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
                scope.Db.Add(new UsedLogoutToken { Id = id, UsedAt = scope.Now });
                await EndAsync(scope, logout, cancel).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private async Task EndAsync(WriteScope scope, ProviderLogout logout, CancellationToken cancellationToken)
    {
        string? subject = logout.Subject is null ? null : ProviderKey.Of(logout.Subject);
        string? session = logout.Session is null ? null : ProviderKey.Of(logout.Session);
        List<Guid> people = await scope.Db.Set<PersonSession>()
            .Where(row => row.EndedAt == null && row.Provider == logout.Provider
                && (subject == null || row.ProviderSubject == subject) && (session == null || row.ProviderSession == session))
            .Select(row => row.PersonId).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        await EndSessions.OfProviderAsync(scope, logout.Provider, subject, session, guard, cancellationToken).ConfigureAwait(false);
        foreach (Guid person in people)
        {
            await scope.EndedByProviderAsync(observers, person, logout.Provider, "logout", cancellationToken).ConfigureAwait(false);
        }
    }
}
