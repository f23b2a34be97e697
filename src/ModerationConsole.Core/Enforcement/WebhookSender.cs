using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What came of one try to tell the platform.</summary>
/// <param name="Status">HTTP status, if there was an answer.</param>
/// <param name="Problem">Code of what went wrong; null when the platform accepted it.</param>
/// <param name="RetryAfter">What the platform asked to wait.</param>
internal sealed record SendResult(int? Status, string? Problem, TimeSpan? RetryAfter = null);

/// <summary>
/// Posts one body, signed both ways. Takes no redirect and no proxy, and connects only to addresses that were checked in that
/// moment, so a name that changes its answer gains nothing. The answer's body is never read.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>Longest time for one try.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string AddressRefused = "address-refused";
    private readonly AllowedHosts _named;
    private readonly WebhookKeys _keys;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookSender(IOptions<WebhookOptions> options, WebhookKeys keys, TimeProvider clock, HostResolver? resolve = null)
    {
        _named = new AllowedHosts(options.Value.AllowedHosts);
        _keys = keys;
        _clock = clock;
        _http = new HttpClient(GuardedHandler.Create(_named.MayConnect, resolve ?? Dns.GetHostAddressesAsync))
        {
            // The one clock for a try is ours: it can be moved.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Tries once. Throws only when the caller cancels.</summary>
    /// <param name="secret">What it is signed with, where that is not the console's own.</param>
    public async Task<SendResult> SendAsync(Guid id, string address, string body, CancellationToken cancellationToken, byte[]? secret = null)
    {
        // The settings may have changed since the action was saved.
        if (!WebhookAddress.IsAllowed(address, _named))
        {
            return new SendResult(null, AddressRefused);
        }

        using CancellationTokenSource time = new(Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            WebhookKeySet keys = await _keys.GetAsync(either.Token).ConfigureAwait(false);
            using HttpRequestMessage request = Sign(keys, id, address, Encoding.UTF8.GetBytes(body), secret);
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            return new SendResult(
                status,
                response.IsSuccessStatusCode ? null : FormattableString.Invariant($"http-{status}"),
                response.Headers.RetryAfter is { } wait ? wait.Delta ?? (wait.Date - _clock.GetUtcNow()) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendResult(null, "timeout");
        }
        catch (HttpRequestException error)
        {
            return new SendResult(null, error.InnerException is AddressRefusedException ? AddressRefused : "unreachable");
        }
    }

    /// <summary>Makes the keys, if that is still to be done: it takes seconds on a busy machine, which some calls do not have.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken) => await _keys.GetAsync(cancellationToken).ConfigureAwait(false);

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(WebhookKeySet keys, Guid id, string address, byte[] body, byte[]? secret)
    {
        string name = id.ToString();
        long at = _clock.GetUtcNow().ToUnixTimeSeconds();
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "ModerationConsole");
        request.Headers.TryAddWithoutValidation("Coop-Signature", keys.Current.SignBody(body));
        if (keys.Old is { } old)
        {
            // The peer's header holds one signature; whoever still knows the former key finds its own here.
            request.Headers.TryAddWithoutValidation("Coop-Signature-Previous", old.SignBody(body));
        }

        request.Headers.TryAddWithoutValidation("Webhook-Id", name);
        request.Headers.TryAddWithoutValidation("Webhook-Timestamp", FormattableString.Invariant($"{at}"));
        request.Headers.TryAddWithoutValidation("Webhook-Signature", secret is not null ? WebhookSecret.Sign(secret, name, at, body)
            : keys.Old is { } former ? $"{keys.Current.SignMessage(name, at, body)} {former.SignMessage(name, at, body)}"
            : keys.Current.SignMessage(name, at, body));
        return request;
    }
}
