using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Where someone who signs out here signs out of their provider, too.</summary>
internal sealed partial class ProviderSignOut(ProviderChecks grants, IdentityProviders providers, TokenSafe safe, ILogger<ProviderSignOut> log)
{
    // Whoever signs out waits no longer for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

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

    /// <summary>The tokens with which sessions of a person are confirmed: of one, or of all of theirs. To be asked for while there still are any.</summary>
    public async Task<IReadOnlyList<DueCheck>> TokensAsync(Session session, bool everywhere, CancellationToken cancellationToken) =>
        everywhere ? await grants.OfPersonAsync(session.PersonId, cancellationToken)
            : await grants.OfSessionAsync(session.Id, cancellationToken) is { } own ? [own] : [];

    /// <summary>Has providers forget the tokens of sessions that are over: nobody may go on with them, should they have got out. One that is away keeps nobody from signing out.</summary>
    public async Task RevokeAsync(IReadOnlyList<DueCheck> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using CancellationTokenSource patience = new(s_patience);
        await Task.WhenAll(tokens.Select(async grant =>
        {
            if (!providers.TryGet(grant.Provider, out IdentityProvider? provider) || safe.Open(grant.Tokens).Refresh is not { } refresh)
            {
                return;
            }

            try
            {
                await provider.RevokeAsync(refresh, patience.Token);
            }
            catch (Exception error) when (error is TokensRefusedException or ProviderAwayException or OperationCanceledException)
            {
                LogKept(provider.Name, error.GetType().Name);
            }
        }));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider {Provider} did not take back the token of a session that is over ({Error})")]
    private partial void LogKept(string provider, string error);
}
