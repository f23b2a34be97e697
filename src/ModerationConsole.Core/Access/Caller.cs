namespace ModerationConsole.Core.Access;

/// <summary>What kind of party asks the core to do something.</summary>
public enum CallerKind
{
    /// <summary>A signed-in person; permissions are read from the people tables at each command.</summary>
    Person,

    /// <summary>A program holding an API key; permissions are the key's scopes.</summary>
    ApiKey,

    /// <summary>A service with an access token of an identity provider; permissions are what the settings give it.</summary>
    Service,

    /// <summary>The console itself: schedules, demo, command-line verbs run by an operator.</summary>
    System,
}

/// <summary>Who asks. Carried by every use case, checked there, and named in the audit entry of what follows.</summary>
/// <param name="Kind">The kind of party.</param>
/// <param name="Id">The person's, API key's or service's id; <see cref="Guid.Empty"/> for the system.</param>
/// <param name="Scopes">What an API key or a service may do; empty for people, whose permissions are looked up.</param>
public sealed record Caller(CallerKind Kind, Guid Id, IReadOnlySet<Permission> Scopes)
{
    private static readonly IReadOnlySet<Permission> s_none = new HashSet<Permission>();

    /// <summary>The console acting on its own account; holds every permission.</summary>
    public static Caller System { get; } = new(CallerKind.System, Guid.Empty, s_none);

    /// <summary>The session in which a person asks; null for programs and for what the console does in a person's name later.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>A signed-in person.</summary>
    public static Caller Person(Guid id) => new(CallerKind.Person, id, s_none);

    /// <summary>A person asking in a session of theirs.</summary>
    public static Caller Person(Guid id, Guid sessionId) => Person(id) with { SessionId = sessionId };

    /// <summary>A service that presented a valid access token.</summary>
    public static Caller Service(Guid id, IReadOnlySet<Permission> scopes) => new(CallerKind.Service, id, scopes);

    /// <summary>A program that presented a valid API key.</summary>
    public static Caller ApiKey(Guid id, IReadOnlySet<Permission> scopes) => new(CallerKind.ApiKey, id, scopes);
}
