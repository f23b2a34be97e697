using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>Ends sessions inside a write; open pages of the person learn of it with the commit.</summary>
internal static class EndSessions
{
    /// <summary>Ends every session of a person, or all but one.</summary>
    /// <returns>How many were ended.</returns>
    public static Task<int> OfPersonAsync(WriteScope scope, Guid personId, SessionEnd why, IAccessGuard guard, CancellationToken cancellationToken, Guid? but = null) =>
        WhereAsync(scope, scope.Db.Set<PersonSession>().Where(row => row.PersonId == personId && row.Id != but), why, guard, cancellationToken);

    /// <summary>Ends one session of a person.</summary>
    /// <returns>How many were ended: none where it is not theirs or over.</returns>
    public static Task<int> OneAsync(WriteScope scope, Guid personId, Guid sessionId, SessionEnd why, IAccessGuard guard, CancellationToken cancellationToken) =>
        WhereAsync(scope, scope.Db.Set<PersonSession>().Where(row => row.PersonId == personId && row.Id == sessionId), why, guard, cancellationToken);

    /// <summary>Ends what an identity provider says is over: one of its sessions, or all of one subject where it names no session.</summary>
    /// <returns>How many were ended.</returns>
    public static Task<int> OfProviderAsync(
        WriteScope scope, string provider, string? subject, string? session, IAccessGuard guard, CancellationToken cancellationToken) =>
        subject is null && session is null
            ? Task.FromResult(0)
            : WhereAsync(
                scope,
                scope.Db.Set<PersonSession>().Where(row => row.Provider == provider
                    && (session == null || row.ProviderSession == session) && (subject == null || row.ProviderSubject == subject)),
                SessionEnd.Provider, guard, cancellationToken);

    private static async Task<int> WhereAsync(
        WriteScope scope, IQueryable<PersonSession> which, SessionEnd why, IAccessGuard guard, CancellationToken cancellationToken)
    {
        List<PersonSession> ended = await which.Where(row => row.EndedAt == null).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (PersonSession row in ended)
        {
            (row.EndedAt, row.EndReason) = (scope.Now, why);
        }

        foreach (Guid person in ended.Select(row => row.PersonId).Distinct())
        {
            scope.TellOf(person, PersonChange.SignedOut, guard);
        }

        return ended.Count;
    }
}
