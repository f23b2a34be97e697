using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>How a session begins.</summary>
/// <param name="Method">How the person proved who they are.</param>
/// <param name="Browser">What the browser says of itself; shortened and freed of control characters.</param>
/// <param name="Provider">Configured name of the identity provider, if any.</param>
/// <param name="ProviderSubject">Its <c>sub</c>.</param>
/// <param name="ProviderSession">Its <c>sid</c>.</param>
public sealed record SessionStart(
    SessionMethod Method, string? Browser = null, string? Provider = null, string? ProviderSubject = null, string? ProviderSession = null)
{
    /// <summary>By password, in a browser that says nothing of itself.</summary>
    public static SessionStart Password { get; } = new(SessionMethod.Password);
}

/// <summary>Begins sessions: the one place that does.</summary>
internal static class SessionOpening
{
    /// <summary>Begins a session of a person who proved who they are, and returns what their browser is to hold.</summary>
    /// <param name="id">Its id, where that was settled when the sign-in began.</param>
    public static Session Open(WriteScope scope, Moderator person, IdentityUser<Guid> account, SessionStart start, Guid? id = null)
    {
        PersonSession row = new()
        {
            Id = id ?? Guid.CreateVersion7(),
            PersonId = person.Id,
            StartedAt = scope.Now,
            LastSeenAt = scope.Now,
            ProvedAt = scope.Now,
            Method = start.Method,
            Provider = start.Provider,
            ProviderSubject = start.ProviderSubject,
            ProviderSession = start.ProviderSession,
            Browser = Shortened(start.Browser),
        };
        scope.Db.Add(row);
        return new Session(row.Id, person.Id, account.SecurityStamp ?? "", person.DisplayName);
    }

    private static string Shortened(string? browser)
    {
        string clean = new([.. (browser ?? "").Where(letter => !char.IsControl(letter)).Take(TextLength.Id)]);
        // Half of a pair cannot be stored.
        return clean.Length > 0 && char.IsHighSurrogate(clean[^1]) ? clean[..^1] : clean;
    }
}
