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
        using JsonDocument payload = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        JsonElement[] sources = userInfo is { } more ? [payload.RootElement, more] : [payload.RootElement];
        // An address and the word that it is theirs must come from the same place.
        JsonElement mail = sources.FirstOrDefault(source => Text([source], "email") is not null, payload.RootElement);
        return new ProvenPerson(
            provider.Name,
            token.Issuer,
            token.Subject,
            Text([payload.RootElement], "sid"),
            Text([mail], "email"),
            mail.TryGetProperty("email_verified", out JsonElement verified) && IsTrue(verified),
            Text(sources, "name") ?? Text(sources, "preferred_username"),
            sources.Select(source => Groups(source, provider.Options.GroupsClaim)).FirstOrDefault(groups => groups is not null) ?? []);
    }

    private static string? Text(JsonElement[] sources, string claim) =>
        sources.Select(source => source.TryGetProperty(claim, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .FirstOrDefault(text => !string.IsNullOrEmpty(text));

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
