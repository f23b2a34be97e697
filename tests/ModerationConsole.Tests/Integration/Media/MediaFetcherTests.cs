using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class MediaFetcherTests : IAsyncLifetime
{
    // Only for what would otherwise hang when it is broken; nothing waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] s_jpegStart = [0xFF, 0xD8, 0xFF, 0xE0];
    private readonly string _folder = Directory.CreateTempSubdirectory("media-fetch-").FullName;
    private readonly MediaHost _host = new();
    private readonly FakeClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Incoming => Path.Combine(_folder, "media", "incoming");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Image_FromAListedHost_ArrivesWholeWithItsHash()
    {
        byte[] image = Jpeg(100_000);
        FetchResult result = await Fetcher().FetchAsync(_host.File("/a", image), Cancel);

        using IncomingMedia media = Assert.IsType<IncomingMedia>(result.Media);
        Assert.Equal(FetchOutcome.Fetched, result.Outcome);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), media.Sha256);
        Assert.Equal((100_000, MediaFormat.Jpeg), (media.Length, media.Format));
        Assert.Equal(image, await File.ReadAllBytesAsync(media.Path, Cancel));
    }

    [Fact]
    public async Task Loopback_NotOnTheList_IsRefusedWithoutAConnection()
    {
        FetchResult result = await Fetcher("cdn.example:443").FetchAsync(_host.File("/a", Jpeg(10)), Cancel);

        Assert.Equal(FetchOutcome.HostNotAllowed, result.Outcome);
        Assert.Equal(0, _host.Connections);
    }

    [Fact]
    public async Task Loopback_OnTheListUnderAnotherPort_IsRefused() => Assert.Equal(
        FetchOutcome.HostNotAllowed,
        (await Fetcher("127.0.0.1:1").FetchAsync(_host.File("/a", Jpeg(10)), Cancel)).Outcome);

    [Theory]
    [InlineData("http://2130706433:{0}/a")]
    [InlineData("http://0x7f.1:{0}/a")]
    [InlineData("http://0177.0.0.1:{0}/a")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/a")]
    [InlineData("http://127.0.0.1.:{0}/a")]
    [InlineData("http://localhost:{0}/a")]
    public async Task Loopback_WrittenAnotherWay_IsRefusedWithoutAConnection(string address)
    {
        FetchResult result = await Fetcher("cdn.example:443")
            .FetchAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, _host.Port), Cancel);

        Assert.NotEqual(FetchOutcome.Fetched, result.Outcome);
        Assert.Equal(0, _host.Connections);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://cdn.example/a.jpg")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://user:secret@cdn.example/a.jpg")]
    [InlineData("http://cdn.example/a\r\nHost: 10.0.0.1")]
    [InlineData("http://")]
    [InlineData("")]
    public async Task Address_ThatIsNoPlainWebAddress_IsRefused(string address) =>
        Assert.Equal(FetchOutcome.BadAddress, (await Fetcher("cdn.example:80").FetchAsync(address, Cancel)).Outcome);

    [Fact]
    public async Task Localhost_OnTheList_IsReached()
    {
        _host.File("/a", Jpeg(5000));
        FetchResult result = await Fetcher($"localhost:{_host.Port}").FetchAsync($"http://localhost:{_host.Port}/a", Cancel);
        result.Media?.Dispose();

        Assert.Equal(FetchOutcome.Fetched, result.Outcome);
    }

    [Fact]
    public async Task ListedName_LeadingIntoAPrivateNetwork_IsRefused()
    {
        MediaFetcher fetcher = Fetcher([$"cdn.example:{_host.Port}"], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        FetchResult result = await fetcher.FetchAsync($"http://cdn.example:{_host.Port}/a", Cancel);

        Assert.Equal(FetchOutcome.PrivateAddress, result.Outcome);
        Assert.Equal(0, _host.Connections);
    }

    [Fact]
    public async Task ListedName_WhoseAnswerChanges_IsAskedOnceAndTheCheckedAddressIsUsed()
    {
        int asked = 0;
        _host.File("/a", Jpeg(5000));
        MediaFetcher fetcher = Fetcher(
            [$"cdn.example:{_host.Port}", _host.Name],
            (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]));

        FetchResult result = await fetcher.FetchAsync($"http://cdn.example:{_host.Port}/a", Cancel);
        result.Media?.Dispose();

        Assert.Equal(FetchOutcome.Fetched, result.Outcome);
        Assert.Equal(1, asked);
        Assert.Contains($"Host: cdn.example:{_host.Port}", Assert.Single(_host.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListedName_WithPrivateAndAllowedAddresses_IsReachedAtTheAllowedOnly()
    {
        _host.File("/a", Jpeg(5000));
        MediaFetcher fetcher = Fetcher(
            [$"cdn.example:{_host.Port}", _host.Name],
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));

        FetchResult result = await fetcher.FetchAsync($"http://cdn.example:{_host.Port}/a", Cancel);
        result.Media?.Dispose();

        Assert.Equal(FetchOutcome.Fetched, result.Outcome);
        Assert.Equal(1, _host.Connections);
    }

    [Fact]
    public async Task Redirect_ToAPrivateAddress_IsRefused() => Assert.Equal(
        FetchOutcome.HostNotAllowed,
        (await Fetcher().FetchAsync(_host.Redirect("/a", "http://10.0.0.1/"), Cancel)).Outcome);

    [Fact]
    public async Task Redirect_ToAListedNameThatLeadsToAPrivateAddress_IsRefused()
    {
        MediaFetcher fetcher = Fetcher([_host.Name, "inner.example:80"], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")]));

        Assert.Equal(
            FetchOutcome.PrivateAddress,
            (await fetcher.FetchAsync(_host.Redirect("/a", "http://inner.example/"), Cancel)).Outcome);
    }

    [Fact]
    public async Task Redirect_ToAHostThatIsNotListed_IsRefusedWithoutAConnection()
    {
        await using MediaHost other = new();
        FetchResult result = await Fetcher().FetchAsync(_host.Redirect("/a", other.File("/b", Jpeg(10))), Cancel);

        Assert.Equal(FetchOutcome.HostNotAllowed, result.Outcome);
        Assert.Equal(0, other.Connections);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://user@127.0.0.1/")]
    public async Task Redirect_ToAnotherSchemeOrWithAUser_IsRefused(string location) =>
        Assert.Equal(FetchOutcome.BadAddress, (await Fetcher().FetchAsync(_host.Redirect("/a", location), Cancel)).Outcome);

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Redirect_ToAListedHost_IsFollowedWithoutCookiesOrTraces(string status)
    {
        _host.File("/folder/b", Jpeg(5000));
        FetchResult result = await Fetcher().FetchAsync(_host.Redirect("/folder/a", "b", status, "Set-Cookie: id=1\r\n"), Cancel);
        result.Media?.Dispose();

        Assert.Equal(FetchOutcome.Fetched, result.Outcome);
        Assert.Equal(2, _host.Requests.Count);
        Assert.All(_host.Requests, head =>
        {
            Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("traceparent", head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Referer", head, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Redirects_BeyondThree_AreNotFollowed()
    {
        _host.Redirect("/2", "/3");
        _host.Redirect("/1", "/2");
        _host.Redirect("/0", "/1");
        _host.File("/3", Jpeg(5000));
        _host.Redirect("/loop", "/loop");

        FetchResult three = await Fetcher().FetchAsync(_host.Url("/0"), Cancel);
        three.Media?.Dispose();

        Assert.Equal(FetchOutcome.Fetched, three.Outcome);
        Assert.Equal(FetchOutcome.TooManyRedirects, (await Fetcher().FetchAsync(_host.Url("/loop"), Cancel)).Outcome);
    }

    [Fact]
    public async Task Body_DeclaredTwoGigabytes_IsRefusedBeforeItsFirstByte()
    {
        string url = _host.On("/big", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", "Content-Length: 2147483648\r\n", cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        });

        FetchResult result = await Fetcher().FetchAsync(url, Cancel).WaitAsync(s_patience, Cancel);

        Assert.Equal(FetchOutcome.TooLarge, result.Outcome);
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task Body_EndlessAndUndeclared_IsCutAtTheLimit(string headers)
    {
        TaskCompletionSource<long> taken = new();
        string url = _host.On("/endless", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", headers, cancel);
            taken.SetResult(await PourAsync(stream, cancel, chunked: headers.Length > 0));
        });

        FetchResult result = await Fetcher().FetchAsync(url, Cancel);

        Assert.Equal(FetchOutcome.TooLarge, result.Outcome);
        Assert.InRange(await taken.Task.WaitAsync(Cancel), 1_000_000, 12_000_000);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Body_OfExactlyTheLimit_IsTakenAndOneByteMoreIsNot()
    {
        FetchResult exact = await Fetcher().FetchAsync(_host.File("/a", Jpeg(1_000_000)), Cancel);
        exact.Media?.Dispose();
        FetchResult more = await Fetcher().FetchAsync(_host.File("/b", Jpeg(1_000_001)), Cancel);

        Assert.Equal((FetchOutcome.Fetched, FetchOutcome.TooLarge), (exact.Outcome, more.Outcome));
    }

    [Fact]
    public async Task Body_ThatDrips_EndsWhenTheTimeIsOver()
    {
        TaskCompletionSource dripping = new();
        string url = _host.On("/drip", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", "Content-Length: 100000\r\n", cancel);
            await stream.WriteAsync(Jpeg(5000), cancel);
            dripping.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        });
        Task<FetchResult> fetch = Fetcher().FetchAsync(url, Cancel);
        await dripping.Task.WaitAsync(Cancel);

        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(fetch.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FetchOutcome.TimedOut, (await fetch.WaitAsync(s_patience, Cancel)).Outcome);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Host_ThatNeverAnswers_EndsWhenTheTimeIsOver()
    {
        TaskCompletionSource asked = new();
        string url = _host.On("/silent", (_, cancel) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, cancel);
        });
        Task<FetchResult> fetch = Fetcher().FetchAsync(url, Cancel);
        await asked.Task.WaitAsync(Cancel);

        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(FetchOutcome.TimedOut, (await fetch.WaitAsync(s_patience, Cancel)).Outcome);
    }

    [Fact]
    public async Task Caller_WhoCancels_IsToldSoAndNothingIsLeft()
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        string url = _host.On("/silent", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", "", cancel);
            await stream.WriteAsync(Jpeg(5000), cancel);
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetcher().FetchAsync(url, caller.Token));
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("/photo.jpg", "just text, named and labelled as a picture")]
    [InlineData("/page.jpg", "<!DOCTYPE html><html><script>alert(1)</script></html>")]
    [InlineData("/drawing.jpg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [InlineData("/empty.jpg", "")]
    public async Task Body_ThatIsNoMedia_IsRefusedWhateverItsNameAndHeaderSay(string path, string body)
    {
        FetchResult result = await Fetcher()
            .FetchAsync(_host.File(path, Encoding.UTF8.GetBytes(body), "Content-Type: image/jpeg\r\n"), Cancel);

        Assert.Equal(FetchOutcome.WrongType, result.Outcome);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Body_ThatIsMediaLabelledAsHtml_IsTakenForWhatItIs()
    {
        FetchResult result = await Fetcher().FetchAsync(_host.File("/a.html", Jpeg(5000), "Content-Type: text/html\r\n"), Cancel);
        result.Media?.Dispose();

        Assert.Equal((FetchOutcome.Fetched, MediaFormat.Jpeg), (result.Outcome, result.Media?.Format));
    }

    [Fact]
    public async Task Body_Compressed_IsNotInflated()
    {
        using MemoryStream packed = new();
        await using (GZipStream zip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await zip.WriteAsync(Jpeg(900_000), Cancel);
        }

        FetchResult result = await Fetcher().FetchAsync(_host.File("/a", packed.ToArray(), "Content-Encoding: gzip\r\n"), Cancel);

        Assert.Equal(FetchOutcome.WrongType, result.Outcome);
    }

    [Fact]
    public async Task Body_CutShort_IsUnreachableAndMayPass()
    {
        string url = _host.On("/cut", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", "Content-Length: 100000\r\n", cancel);
            await stream.WriteAsync(Jpeg(5000), cancel);
        });

        FetchResult result = await Fetcher().FetchAsync(url, Cancel);

        Assert.Equal((FetchOutcome.Unreachable, true), (result.Outcome, result.MayPass));
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("404 Not Found", 404, false)]
    [InlineData("403 Forbidden", 403, false)]
    [InlineData("429 Too Many Requests", 429, true)]
    [InlineData("500 Internal Server Error", 500, true)]
    [InlineData("206 Partial Content", 206, false)]
    [InlineData("302 Found", 302, false)] // without saying where to
    public async Task Status_OtherThanSuccess_IsReportedWithWhetherItMayPass(string status, int code, bool mayPass)
    {
        string url = _host.On("/status", (stream, cancel) => MediaHost.HeadAsync(stream, status, "Content-Length: 0\r\n", cancel));

        FetchResult result = await Fetcher().FetchAsync(url, Cancel);

        Assert.Equal((FetchOutcome.HttpError, (int?)code, mayPass), (result.Outcome, result.HttpStatus, result.MayPass));
    }

    [Fact]
    public async Task Head_ThatNeverEnds_IsUnreachable()
    {
        string url = _host.On("/head", async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancel);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-{Guid.NewGuid():N}: {new string('x', 1000)}\r\n"), cancel);
            }
        });

        Assert.Equal(FetchOutcome.Unreachable, (await Fetcher().FetchAsync(url, Cancel)).Outcome);
    }

    [Fact]
    public async Task Host_ThatDoesNotListen_IsUnreachable()
    {
        string name;
        await using (MediaHost gone = new())
        {
            name = gone.Name;
        }

        FetchResult result = await Fetcher(name).FetchAsync($"http://{name}/a", Cancel);

        Assert.Equal((FetchOutcome.Unreachable, true), (result.Outcome, result.MayPass));
    }

    [Fact]
    public async Task Host_ThatSpeaksNoTls_IsUnreachableByHttps() => Assert.Equal(
        FetchOutcome.Unreachable,
        (await Fetcher().FetchAsync($"https://{_host.Name}/a", Cancel)).Outcome);

    private static byte[] Jpeg(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        s_jpegStart.CopyTo(bytes, 0);
        return bytes;
    }

    private static async Task<long> PourAsync(Stream stream, CancellationToken cancellationToken, bool chunked = false)
    {
        byte[] block = Jpeg(65_536);
        byte[] head = chunked ? "10000\r\n"u8.ToArray() : [];
        byte[] tail = chunked ? "\r\n"u8.ToArray() : [];
        long sent = 0;
        try
        {
            // "Endless" has an end here, so that a fetcher without a limit fails instead of filling the disk.
            while (sent < 64_000_000)
            {
                await stream.WriteAsync((byte[])[.. head, .. block, .. tail], cancellationToken);
                sent += block.Length;
            }
        }
        catch (IOException)
        {
            // Cut off.
        }

        return sent;
    }

    private string[] Left() => Directory.Exists(Incoming) ? Directory.GetFiles(Incoming) : [];

    private MediaFetcher Fetcher(params string[] hosts) => Fetcher(hosts.Length == 0 ? [_host.Name] : hosts, Dns.GetHostAddressesAsync);

    private MediaFetcher Fetcher(string[] hosts, HostResolver resolver) => new(
        Options.Create(new MediaOptions { AllowedHosts = hosts, MaxBytes = 1_000_000 }),
        new FolderMediaStore(_folder, MediaKeyFile.InDataDirectory(_folder)),
        _clock,
        resolver);
}
