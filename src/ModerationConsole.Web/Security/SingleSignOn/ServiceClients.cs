using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>The services that the settings let in, as they are at the moment.</summary>
public sealed class ServiceClients(IOptionsMonitor<SingleSignOnOptions> options)
{
    private const int VersionByte = 6;
    private const int VariantByte = 8;
    private static readonly IReadOnlySet<Permission> s_none = new HashSet<Permission>();

    /// <summary>All of them, as the audit knows them.</summary>
    public IEnumerable<(Guid Id, string Name)> Names => options.CurrentValue.Providers
        .SelectMany(provider => provider.Value.Services.Keys.Select(client => (IdOf(provider.Value, client), $"{client} ({provider.Key})")));

    /// <summary>The service of that name at a provider; null where nothing is given to it.</summary>
    public Caller? Of(ProviderOptions provider, string client)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.Services.TryGetValue(client, out string? scopes) ? Caller.Service(IdOf(provider, client), Read(scopes)) : null;
    }

    /// <summary>What a service may do now; nothing where the settings do not know it any more.</summary>
    public IReadOnlySet<Permission> ScopesOf(Guid id) => options.CurrentValue.Providers.Values
        .SelectMany(provider => provider.Services.Where(service => IdOf(provider, service.Key) == id))
        .Select(service => Read(service.Value)).FirstOrDefault(s_none);

    private static HashSet<Permission> Read(string scopes) =>
        [.. scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>)];

    // The same on every node and after every start, whatever the provider is called here (RFC 9562, version 8).
    private static Guid IdOf(ProviderOptions provider, string client)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{provider.Authority.TrimEnd('/')}\n{client}"))[..16];
        bytes[VersionByte] = (byte)((bytes[VersionByte] & 0x0f) | 0x80);
        bytes[VariantByte] = (byte)((bytes[VariantByte] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
