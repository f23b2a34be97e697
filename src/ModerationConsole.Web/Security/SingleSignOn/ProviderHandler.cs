using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Settings of the framework's handler for one provider.</summary>
internal sealed class ProviderScheme : OAuthOptions
{
    // Endpoints are discovered, the secret is read at each use, and what is configured was checked at start.
    public override void Validate()
    {
    }
}

/// <summary>
/// OpenID Connect's code flow over the framework's OAuth handler, which keeps the state, its cookie and the code verifier (PKCE):
/// what is added is discovery, the nonce, the issuer of the answer, and the ID token.
/// </summary>
internal sealed class ProviderHandler(
    IOptionsMonitor<ProviderScheme> options, ILoggerFactory loggers, UrlEncoder encoder,
    IdentityProviders providers, TokenChecks checks, TokenSafe safe, SignInWithProvider signIn)
    : OAuthHandler<ProviderScheme>(options, loggers, encoder)
{
    private const string NonceKey = ".nonce";

    private OpenIdConnectConfiguration? _metadata;

    private IdentityProvider Provider => providers.TryGet(Scheme.Name, out IdentityProvider? provider) ? provider : throw new InvalidOperationException(Scheme.Name);

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        _metadata = await Provider.MetadataAsync(Context.RequestAborted);
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        string nonce = TokenChecks.NewNonce();
        properties.Items[NonceKey] = nonce;
        // Only its query: where it goes to, the provider says.
        string query = base.BuildChallengeUrl(properties, redirectUri);
        Dictionary<string, string?> asked = QueryHelpers.ParseQuery(new Uri(query).Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        asked["nonce"] = nonce;
        return QueryHelpers.AddQueryString(_metadata!.AuthorizationEndpoint, asked);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        OpenIdConnectConfiguration metadata = await Provider.MetadataAsync(Context.RequestAborted);
        // An answer of another provider (RFC 9207): a code must never be carried from one to the other.
        string? issuer = Request.Query["iss"];
        bool always = metadata.AdditionalData.TryGetValue("authorization_response_iss_parameter_supported", out object? says) && says is true;
        return (issuer is null && !always) || issuer == metadata.Issuer
            ? await base.HandleRemoteAuthenticateAsync()
            : HandleRequestResult.Fail(new SignInProblemException(SignInProblem.Refuted, "answer's issuer"));
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out string? verifier) && verifier is not null)
        {
            form[OAuthConstants.CodeVerifierKey] = verifier;
        }

        return OAuthTokenResponse.Success(await Provider.TokensAsync(form, Context.RequestAborted));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        string accessToken = tokens.AccessToken!;
        string idToken = ProviderClaims.Text(tokens.Response!.RootElement, "id_token") ?? throw new SignInProblemException(SignInProblem.Refuted, "no ID token");
        JsonWebToken token = await checks.SignInAsync(Provider, idToken, accessToken, properties.Items.TryGetValue(NonceKey, out string? nonce) ? nonce : null, Context.RequestAborted);
        using JsonDocument? userInfo = await Provider.UserInfoAsync(accessToken, Context.RequestAborted);
        if (userInfo is not null && ProviderClaims.Text(userInfo.RootElement, "sub") != token.Subject)
        {
            throw new SignInProblemException(SignInProblem.Refuted, "user info of someone else");
        }

        ProviderSignInOutcome outcome = await signIn.RunAsync(
            ProviderClaims.Read(Provider, token, userInfo?.RootElement), safe.Close(new KeptTokens(tokens.RefreshToken, idToken)), Request.Headers.UserAgent, Context.RequestAborted);
        return outcome.Session is { } session
            // Nothing of the answer goes on in the cookie but whose session it is.
            ? new AuthenticationTicket(session.ToPrincipal(), new AuthenticationProperties { RedirectUri = LocalAddress.OrHome(properties.RedirectUri) }, ConsoleClaims.CookieScheme)
            : throw new SignInProblemException(ProblemOf(outcome.Result));
    }

    private static SignInProblem ProblemOf(ProviderSignInResult result) => result switch
    {
        ProviderSignInResult.Apart => SignInProblem.Apart,
        ProviderSignInResult.Disabled => SignInProblem.Disabled,
        ProviderSignInResult.NoEmail => SignInProblem.NoEmail,
        ProviderSignInResult.EmailTaken => SignInProblem.EmailTaken,
        _ => SignInProblem.NoRole,
    };
}
