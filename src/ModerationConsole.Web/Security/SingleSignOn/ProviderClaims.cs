using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Reads who a person is out of a checked ID token and what the provider tells beside it.</summary>
internal static class ProviderClaims
{
    private const int MostGroups = 1_000;

    /// <summary>The person. What the signed token says goes before the rest.</summary>
    public static ProvenPerson Read(IdentityProvider provider, JsonWebToken token, JsonElement? userInfo)
    {
        JsonElement[] sources = Sources(token, userInfo);
        // An address and the word that it is theirs must come from the same place.
        JsonElement mail = sources.FirstOrDefault(source => Text(source, "email") is not null, sources[0]);
        return new ProvenPerson(
            provider.Name,
            token.Issuer,
            token.Subject,
            Text(sources[0], "sid"),
            Text(mail, "email"),
            mail.TryGetProperty("email_verified", out JsonElement verified) && IsTrue(verified),
            First(sources, "name") ?? First(sources, "preferred_username"),
            Groups(provider, token, userInfo) ?? []);
    }

    /// <summary>The person's groups; none where the token says nothing of them, null where there is no token either.</summary>
    public static IReadOnlyCollection<string>? Groups(IdentityProvider provider, JsonWebToken? token, JsonElement? userInfo) =>
        Sources(token, userInfo).Select(source => Groups(source, provider.Options.GroupsClaim)).FirstOrDefault(groups => groups is not null)
            ?? (token is null ? null : []);

    /// <summary>A property of text that is not empty.</summary>
    public static string? Text(JsonElement source, string name) =>
        source.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static JsonElement[] Sources(JsonWebToken? token, JsonElement? userInfo) =>
    [
        .. token is null ? Array.Empty<JsonElement>() : [JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(token.EncodedPayload))],
        .. userInfo is { } more ? [more] : Array.Empty<JsonElement>(),
    ];

    private static string? First(JsonElement[] sources, string name) => sources.Select(source => Text(source, name)).FirstOrDefault(text => text is not null);

    // Some providers send it as text.
    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true");

    private static string[]? Groups(JsonElement source, string claim) => Find(source, claim) switch
    {
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Take(MostGroups).Select(one => one.GetString()!)],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        _ => null,
    };

    // The claim of that very name, or a path into one that holds others.
    private static JsonElement? Find(JsonElement source, string claim)
    {
        if (source.TryGetProperty(claim, out JsonElement found))
        {
            return found;
        }

        foreach (string step in claim.Split('.'))
        {
            if (source.ValueKind != JsonValueKind.Object || !source.TryGetProperty(step, out source))
            {
                return null;
            }
        }

        return source;
    }
}
