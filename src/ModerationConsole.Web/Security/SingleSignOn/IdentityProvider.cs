using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>The provider answered a request for tokens with a refusal: a used code, a revoked refresh token.</summary>
internal sealed class TokensRefusedException(string code) : Exception(code);

/// <summary>The provider did not answer, or with nothing that can be read.</summary>
internal sealed class ProviderAwayException(string what, Exception? cause = null) : Exception(what, cause);

/// <summary>
/// One configured provider: what it says of itself, its keys, and the calls made to it. Answers are bounded in size and time; no
/// redirect is followed, and nothing private is reached but the configured host. No answer is ever logged.
/// </summary>
internal sealed class IdentityProvider : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    // A stranger's token with an unknown key must not make us ask at will.
    private static readonly TimeSpan s_betweenRefreshes = TimeSpan.FromSeconds(30);

    private readonly IOptionsMonitor<SingleSignOnOptions> _options;
    private readonly HttpClient _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _metadata;

    static IdentityProvider() =>
        // Whoever asks for fresh keys waits for them, instead of being refused once more with the old ones.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

    public IdentityProvider(string name, IOptionsMonitor<SingleSignOnOptions> options)
    {
        Name = name;
        _options = options;
        Uri authority = new(Options.Authority);
        _http = new HttpClient(GuardedHandler.Around(authority)) { Timeout = s_timeout, MaxResponseContentBufferSize = MostBytes };
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{Options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = authority.Scheme == Uri.UriSchemeHttps },
            new MetadataCheck(Options.Authority))
        {
            RefreshInterval = s_betweenRefreshes,
        };
    }

    /// <summary>Its configured name.</summary>
    public string Name { get; }

    /// <summary>Its settings as they are now: a secret may have been changed.</summary>
    public ProviderOptions Options => _options.CurrentValue.Providers[Name];

    /// <summary>What people call it.</summary>
    public string DisplayName => Options.DisplayName.Length > 0 ? Options.DisplayName : Name;

    /// <summary>What it says of itself, keys included; read anew from time to time.</summary>
    /// <exception cref="ProviderAwayException">It cannot be read.</exception>
    public async Task<OpenIdConnectConfiguration> MetadataAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _metadata.GetConfigurationAsync(cancellationToken);
        }
#pragma warning disable CA1031 // the reader wraps whatever keeps it from reading
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new ProviderAwayException("discovery", error);
        }
    }

    /// <summary>Has keys read anew at the next question, but not more often than twice a minute.</summary>
    public void AskAgain() => _metadata.RequestRefresh();

    /// <summary>Asks for tokens.</summary>
    /// <exception cref="TokensRefusedException">The provider says no.</exception>
    /// <exception cref="ProviderAwayException">It says nothing that can be read.</exception>
    public async Task<JsonDocument> TokensAsync(IDictionary<string, string> form, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration metadata = await MetadataAsync(cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, metadata.TokenEndpoint);
        Identify(request, form, metadata);
        request.Content = new FormUrlEncodedContent(form);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>What it knows of the person who holds an access token; null where it has no such endpoint.</summary>
    /// <exception cref="TokensRefusedException">The provider says no.</exception>
    /// <exception cref="ProviderAwayException">It says nothing that can be read.</exception>
    public async Task<JsonDocument?> UserInfoAsync(string accessToken, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration metadata = await MetadataAsync(cancellationToken);
        if (string.IsNullOrEmpty(metadata.UserInfoEndpoint))
        {
            return null;
        }

        using HttpRequestMessage request = new(HttpMethod.Get, metadata.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Has it forget a refresh token (RFC 7009), where it has an endpoint for that.</summary>
    /// <exception cref="TokensRefusedException">The provider says no.</exception>
    /// <exception cref="ProviderAwayException">It does not answer, or with a fault.</exception>
    public async Task RevokeAsync(string refreshToken, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration metadata = await MetadataAsync(cancellationToken);
        if (string.IsNullOrEmpty(metadata.RevocationEndpoint))
        {
            return;
        }

        Dictionary<string, string> form = new() { ["token"] = refreshToken, ["token_type_hint"] = "refresh_token" };
        using HttpRequestMessage request = new(HttpMethod.Post, metadata.RevocationEndpoint);
        Identify(request, form, metadata);
        request.Content = new FormUrlEncodedContent(form);
        using HttpResponseMessage answer = await AnswerAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    // By the header where the provider takes it, which each must (RFC 6749, 2.3.1); in the form where it says that it takes nothing else.
    private void Identify(HttpRequestMessage request, IDictionary<string, string> form, OpenIdConnectConfiguration metadata)
    {
        ProviderOptions settings = Options;
        ICollection<string> taken = metadata.TokenEndpointAuthMethodsSupported;
        if (settings.ClientSecret.Length > 0 && (taken.Count == 0 || taken.Contains("client_secret_basic")))
        {
            string both = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(both)));
            return;
        }

        form["client_id"] = settings.ClientId;
        if (settings.ClientSecret.Length > 0)
        {
            form["client_secret"] = settings.ClientSecret;
        }
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage response = await AnswerAsync(request, cancellationToken);
        try
        {
            JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (answer.RootElement.ValueKind == JsonValueKind.Object)
            {
                return answer;
            }

            answer.Dispose();
            throw new ProviderAwayException("no object");
        }
        catch (Exception error) when (IsAway(error, cancellationToken))
        {
            throw new ProviderAwayException(error.GetType().Name, error);
        }
    }

    // An answer of success; all others are errors.
    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception error) when (IsAway(error, cancellationToken))
        {
            throw new ProviderAwayException(error.GetType().Name, error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? new TokensRefusedException($"{(int)response.StatusCode}")
                : new ProviderAwayException($"{(int)response.StatusCode}");
        }
    }

    private static bool IsAway(Exception error, CancellationToken cancellationToken) => error is HttpRequestException or JsonException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>Refuses a discovery document that speaks for another issuer, or sends secrets to where nobody may listen.</summary>
internal sealed class MetadataCheck(string authority) : IConfigurationValidator<OpenIdConnectConfiguration>
{
    public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
    {
        bool secure = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        string[] needed = [configuration.AuthorizationEndpoint, configuration.TokenEndpoint];
        string[] wished = [configuration.UserInfoEndpoint, configuration.EndSessionEndpoint, configuration.RevocationEndpoint];
        bool fits = string.Equals(configuration.Issuer?.TrimEnd('/'), authority.TrimEnd('/'), StringComparison.Ordinal)
            && needed.All(MayCall) && wished.All(endpoint => string.IsNullOrEmpty(endpoint) || MayCall(endpoint))
            && configuration.SigningKeys.Count > 0;
        return new ConfigurationValidationResult { Succeeded = fits, ErrorMessage = fits ? null : "The discovery document does not fit the configured authority." };

        bool MayCall(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (!secure && address.Scheme == Uri.UriSchemeHttp));
    }
}
