using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>What the fetcher takes of what hosts answer.</summary>
public sealed class MediaFetcherTests : MediaFetcherTest
{
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
}
