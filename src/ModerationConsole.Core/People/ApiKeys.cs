using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.People;

/// <summary>What keys of programs are made of.</summary>
public static class ApiKeys
{
    /// <summary>What every key begins with, so that one that leaked is recognised.</summary>
    public const string Start = "mc_";

    /// <summary>What the outbox says when a key was changed, rotated or revoked.</summary>
    public const string Changed = "api-key";

    private const int SecretBytes = 32;
    private const int PrefixLength = 8;

    /// <summary>What a key may be given. Nothing else of the console is open to programs.</summary>
    public static IReadOnlyList<Permission> Grantable { get; } =
    [
        Permission.SubmitItems,
        Permission.SubmitReports,
        Permission.SubmitActions,
        Permission.ReadPolicies,
        Permission.ReadCases,
        Permission.ViewAudit,
        Permission.ChildSafety,
    ];

    /// <summary>What a key of the platform needs: to send everything and read back what came of it.</summary>
    public static IReadOnlyList<Permission> Platform { get; } =
        [Permission.SubmitItems, Permission.SubmitReports, Permission.SubmitActions, Permission.ReadPolicies, Permission.ReadCases];

    /// <summary>A new key.</summary>
    public static string Make() => Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What of a key may be shown later.</summary>
    public static string PrefixOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key[..PrefixLength];
    }

    /// <summary>What is stored of a key. 256 random bits need no salt and no slow hash.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Scopes as <see cref="ApiKey.Scopes"/> holds them.</summary>
    public static string Write(IEnumerable<Permission> scopes) => string.Join(',', scopes.Distinct().Order());

    /// <summary>Reads <see cref="ApiKey.Scopes"/>.</summary>
    public static IReadOnlySet<Permission> Read(string scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>).ToHashSet();
    }

    /// <summary>What the audit keeps of a key.</summary>
    internal static Dictionary<string, object?> Describe(ApiKey key) => new()
    {
        ["scopes"] = key.Scopes,
        ["ends"] = key.ExpiresAt,
        ["perSecond"] = key.RequestsPerSecond,
        ["networks"] = key.Networks,
    };
}
