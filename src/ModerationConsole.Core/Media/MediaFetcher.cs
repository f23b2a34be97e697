using System.Net;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Media;

/// <summary>Fetches one piece of media from an allow-listed address, as if every answer on the way were hostile.</summary>
public sealed class MediaFetcher
{
    private const int MostRedirects = 3;
    private readonly IOptions<MediaOptions> _options;
    private readonly IMediaStore _store;
    private readonly TimeProvider _time;
    private readonly HostResolver _resolve;

    public MediaFetcher(IOptions<MediaOptions> options, IMediaStore store, TimeProvider time)
        : this(options, store, time, Dns.GetHostAddressesAsync)
    {
    }

    internal MediaFetcher(IOptions<MediaOptions> options, IMediaStore store, TimeProvider time, HostResolver resolve)
    {
        _options = options;
        _store = store;
        _time = time;
        _resolve = resolve;
    }

    /// <summary>
    /// Follows at most three redirects, each hop checked like the first. The caller disposes of the file it gets.
    /// Throws only when the caller cancels or the disk fails.
    /// </summary>
    /// <param name="encrypt">Whether no byte of it may lie on the disk in the clear.</param>
    public async Task<FetchResult> FetchAsync(string address, CancellationToken cancellationToken, bool encrypt = false)
    {
        var options = _options.Value;
        var hosts = new AllowedHosts(options.AllowedHosts);
        using var clock = new CancellationTokenSource(TimeSpan.FromSeconds(options.FetchTimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, hosts, new Taking(options.MaxBytes, encrypt), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FetchResult(FetchOutcome.TimedOut);
        }
    }

    private async Task<FetchResult> FollowAsync(
        string address, AllowedHosts hosts, Taking taking, CancellationToken cancellationToken)
    {
        Uri? from = null;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var next = await TryHopAsync(address, from, hosts, taking, cancellationToken).ConfigureAwait(false);
            if (next.Result is { } result)
            {
                return result;
            }

            (from, address) = (next.From, next.Location!);
        }

        return new FetchResult(FetchOutcome.TooManyRedirects);
    }

    private async Task<Hop> TryHopAsync(
        string address, Uri? from, AllowedHosts hosts, Taking taking, CancellationToken cancellationToken)
    {
        if (!MediaAddress.TryRead(address, from, out var target))
        {
            return Hop.End(FetchOutcome.BadAddress);
        }

        if (!hosts.Names(target))
        {
            return Hop.End(FetchOutcome.HostNotAllowed);
        }

        var pin = await PinnedHost.ResolveAsync(target, hosts, _resolve, cancellationToken).ConfigureAwait(false);
        if (pin.Refusal is { } refusal)
        {
            return Hop.End(refusal);
        }

        using var client = pin.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("Accept", "image/*, video/*, audio/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", "ModerationConsole");
        try
        {
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, target, taking, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return Hop.End(FetchOutcome.Unreachable);
        }
    }

    private async Task<Hop> ReadAsync(
        HttpResponseMessage response, Uri target, Taking taking, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && response.Headers.NonValidated.TryGetValues("Location", out var location))
        {
            return new Hop(null, target, location.ToString());
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Hop(new FetchResult(FetchOutcome.HttpError, HttpStatus: (int)response.StatusCode), null, null);
        }

        if (response.Content.Headers.ContentLength > taking.MaxBytes)
        {
            return Hop.End(FetchOutcome.TooLarge);
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        return new Hop(
            await IncomingMedia.ReceiveAsync(body, _store.IncomingDirectory, taking.MaxBytes, cancellationToken, taking.Encrypt)
                .ConfigureAwait(false),
            null,
            null);
    }

    /// <summary>How a file is taken in.</summary>
    private readonly record struct Taking(long MaxBytes, bool Encrypt);

    /// <summary>One request's end: a result, or where it was sent on to.</summary>
    private readonly record struct Hop(FetchResult? Result, Uri? From, string? Location)
    {
        public static Hop End(FetchOutcome outcome) => new(new FetchResult(outcome), null, null);
    }
}
