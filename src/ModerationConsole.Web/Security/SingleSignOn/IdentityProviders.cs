using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>The configured providers, by name, as they were at start.</summary>
internal sealed class IdentityProviders(IOptionsMonitor<SingleSignOnOptions> options) : IDisposable
{
    private readonly Dictionary<string, IdentityProvider> _byName = options.CurrentValue.Providers.Keys
        .ToDictionary(name => name, name => new IdentityProvider(name, options), StringComparer.Ordinal);

    /// <summary>In the order of what people call them.</summary>
    public IReadOnlyList<IdentityProvider> All => [.. _byName.Values.OrderBy(provider => provider.DisplayName, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Whether people may sign in with a password too.</summary>
    public bool LocalAccounts => options.CurrentValue.LocalAccounts;

    /// <summary>The provider of a name.</summary>
    public bool TryGet(string? name, [NotNullWhen(true)] out IdentityProvider? provider)
    {
        provider = null;
        return name is not null && _byName.TryGetValue(name, out provider);
    }

    public void Dispose()
    {
        foreach (IdentityProvider provider in _byName.Values)
        {
            provider.Dispose();
        }
    }
}
