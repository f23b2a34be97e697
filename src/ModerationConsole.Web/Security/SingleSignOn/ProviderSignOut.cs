using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Where someone who signs out here signs out of their provider, too.</summary>
internal sealed class ProviderSignOut(ProviderChecks grants, IdentityProviders providers, TokenSafe safe)
{
    /// <summary>The provider's name and address for it; null for local accounts, and where the provider has none or is away.</summary>
    public async Task<(string Provider, string Address)?> OfAsync(Session session, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await grants.OfSessionAsync(session.Id, cancellationToken) is not { } grant || !providers.TryGet(grant.Provider, out IdentityProvider? provider))
        {
            return null;
        }

        try
        {
            OpenIdConnectConfiguration metadata = await provider.MetadataAsync(cancellationToken);
            return string.IsNullOrEmpty(metadata.EndSessionEndpoint) ? null : (provider.DisplayName, Address(metadata.EndSessionEndpoint));
        }
        catch (ProviderAwayException)
        {
            return null;
        }

        string Address(string endpoint) => QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>
        {
            ["id_token_hint"] = safe.Open(grant.Tokens).Id,
            ["client_id"] = provider.Options.ClientId,
            ["post_logout_redirect_uri"] = $"{request.Scheme}://{request.Host}/account/login",
        });
    }
}
