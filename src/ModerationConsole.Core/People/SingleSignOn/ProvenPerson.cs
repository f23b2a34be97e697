using System.Security.Cryptography;
using System.Text;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>What a provider says of a person, after its signature was checked.</summary>
/// <param name="Provider">The provider's configured name.</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Subject">Its <c>sub</c>: who the person is there, for ever.</param>
/// <param name="Session">Its <c>sid</c>, where it names one.</param>
/// <param name="Email">The address it knows.</param>
/// <param name="EmailVerified">Whether it says that the address is theirs.</param>
/// <param name="Name">What it calls the person.</param>
/// <param name="Groups">The groups it puts them in.</param>
public sealed record ProvenPerson(
    string Provider, string Issuer, string Subject, string? Session, string? Email, bool EmailVerified, string? Name, IReadOnlyCollection<string> Groups);

/// <summary>A provider's ids as they are stored.</summary>
internal static class ProviderKey
{
    // As long as the framework's table keeps one.
    private const int Longest = 128;

    /// <summary>The id, or the hash of one that is too long to store.</summary>
    public static string Of(string id) => id.Length <= Longest ? id : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
}
