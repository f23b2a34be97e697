using System.Net;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Where the fetcher goes, and where it can not be sent.</summary>
public sealed class MediaFetcherHostTests : MediaFetcherTest
{
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
}
