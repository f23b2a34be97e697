namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>Who vouches for people. Section <c>SingleSignOn</c>.</summary>
public sealed class SingleSignOnOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SingleSignOn";

    /// <summary>Whether people may sign in with an e-mail address and a password that this console keeps.</summary>
    public bool LocalAccounts { get; set; } = true;

    /// <summary>How often a provider is asked whether a person may still be here, in minutes.</summary>
    public int RecheckMinutes { get; set; } = 10;

    /// <summary>How long a session goes on that its provider does not confirm, because it is away or gives no refresh token, in minutes.</summary>
    public int UnconfirmedMinutes { get; set; } = 60;

    /// <summary>OpenID providers by name; the name is part of their addresses here.</summary>
    public Dictionary<string, ProviderOptions> Providers { get; } = new(StringComparer.Ordinal);
}

/// <summary>One OpenID provider. Section <c>SingleSignOn:Providers:NAME</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>Its issuer, below which the discovery document lies.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The console's name at the provider.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The console's secret there; empty for a public client, which is safe by PKCE alone. Read at each use.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What people call it; the name if empty.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What is asked for, separated by blanks.</summary>
    public string Scopes { get; set; } = "openid profile email offline_access";

    /// <summary>The claim that lists a person's groups; <c>a.b</c> looks for <c>b</c> within <c>a</c>.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Roles by group, several separated by commas; one that is retired gives nothing. Who is in none of these groups may not come in.</summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a person whose address the provider has verified takes over the account that already has it.</summary>
    public bool LinkVerifiedEmail { get; set; }

    /// <summary>What services ask their access tokens for; empty where none come in with this provider's.</summary>
    public string ServiceAudience { get; set; } = "";

    /// <summary>What services may do, by their client id at the provider: permissions as keys of programs have, separated by commas.</summary>
    public Dictionary<string, string> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The subject of a service's tokens, by its client id, where it is not the client id itself: what Keycloak calls the service account
    /// and Entra ID the service principal. A token of anyone else that the client got opens nothing.
    /// </summary>
    public Dictionary<string, string> ServiceSubjects { get; } = new(StringComparer.Ordinal);

    /// <summary>The claim that names the client of a service's token, one of <see cref="ServiceClientClaims"/>.</summary>
    public string ServiceClientClaim { get; set; } = ServiceClientClaims[0];

    /// <summary>The type in the head of a service's token: <c>at+jwt</c> (RFC 9068), or <see cref="PlainType"/> where the provider says no more.</summary>
    public string ServiceTokenType { get; set; } = AccessType;

    /// <summary>The type of access tokens by RFC 9068.</summary>
    public const string AccessType = "at+jwt";

    /// <summary>The type that says nothing.</summary>
    public const string PlainType = "JWT";

    /// <summary>Claims that can name the client: of RFC 9068, of Keycloak and Entra ID's version 2.0, of Entra ID's version 1.0.</summary>
    public static IReadOnlyList<string> ServiceClientClaims { get; } = ["client_id", "azp", "appid"];

    /// <summary>Whether the provider may be spoken to without TLS: for development. A loopback address always may.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The roles of someone in these groups.</summary>
    public IReadOnlySet<string> RolesOf(IEnumerable<string> groups) =>
        groups.Distinct(StringComparer.Ordinal).SelectMany(group => Roles.TryGetValue(group, out string? roles) ? Split(roles) : [])
            .ToHashSet(StringComparer.Ordinal);

    internal static string[] Split(string roles) => roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
