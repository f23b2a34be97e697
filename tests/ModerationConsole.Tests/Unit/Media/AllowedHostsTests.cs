using System.Net;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("http://cdn.example:8080/a.jpg", true)]
    [InlineData("http://CDN.EXAMPLE:8080/a.jpg", true)]
    [InlineData("http://cdn.example/a.jpg", false)] // port 80 follows from the scheme
    [InlineData("https://cdn.example/a.jpg", true)] // and so does 443
    [InlineData("https://cdn.example:8443/a.jpg", false)]
    [InlineData("https://evil.cdn.example/a.jpg", false)]
    [InlineData("https://cdn.example.evil.test/a.jpg", false)]
    [InlineData("https://cdn.example./a.jpg", false)]
    [InlineData("https://xn--bcher-kva.example/a.jpg", true)]
    [InlineData("https://bücher.example/a.jpg", true)]
    [InlineData("http://[2001:4860::1]:81/a.jpg", true)]
    [InlineData("http://[2001:4860:0::1]:81/a.jpg", true)]
    public void Address_OfThisHostAndPort_IsNamedOnlyWhenBothAreOnTheList(string address, bool named)
    {
        AllowedHosts hosts = new(["cdn.example:8080", "cdn.example:443", "bücher.example:443", "[2001:4860::1]:81"]);

        Assert.Equal(named, hosts.Names(new Uri(address)));
    }

    [Fact]
    public void List_Empty_NamesNothing() => Assert.False(new AllowedHosts([]).Names(new Uri("https://cdn.example/a.jpg")));

    [Theory]
    [InlineData("cdn.example")]
    [InlineData("cdn.example:")]
    [InlineData("cdn.example:0")]
    [InlineData("cdn.example:65536")]
    [InlineData("cdn.example:+80")]
    [InlineData(":80")]
    [InlineData("https://cdn.example:443")]
    [InlineData("user@cdn.example:443")]
    [InlineData("cdn.example/path:443")]
    [InlineData("*.example:443")]
    [InlineData("")]
    [InlineData(null)]
    public void Entry_ThatIsNoHostAndPort_IsRefused(string? entry) => Assert.False(AllowedHosts.TryReadEntry(entry, out _));

    [Fact]
    public void PublicHost_ResolvedToPrivateAddress_MayNotBeConnected()
    {
        AllowedHosts hosts = new(["cdn.example:443"]);

        Assert.False(hosts.MayConnect("cdn.example", IPAddress.Parse("10.0.0.1"), 443));
        Assert.True(hosts.MayConnect("cdn.example", IPAddress.Parse("93.184.215.14"), 443));
    }

    [Fact]
    public void PrivateAddress_NamedItself_MayBeConnectedAtThatPortOnly()
    {
        AllowedHosts hosts = new(["cdn.example:443", "10.0.0.1:443"]);

        Assert.True(hosts.MayConnect("cdn.example", IPAddress.Parse("10.0.0.1"), 443));
        Assert.True(hosts.MayConnect("cdn.example", IPAddress.Parse("::ffff:10.0.0.1"), 443));
        Assert.False(hosts.MayConnect("cdn.example", IPAddress.Parse("10.0.0.1"), 80));
        Assert.False(hosts.MayConnect("cdn.example", IPAddress.Parse("10.0.0.2"), 443));
    }

    [Fact]
    public void Localhost_Named_MayReachLoopbackButNoOtherPrivateAddress()
    {
        AllowedHosts hosts = new(["localhost:5000", "cdn.example:5000"]);

        Assert.True(hosts.MayConnect("localhost", IPAddress.Loopback, 5000));
        Assert.True(hosts.MayConnect("localhost", IPAddress.IPv6Loopback, 5000));
        Assert.False(hosts.MayConnect("localhost", IPAddress.Parse("10.0.0.1"), 5000));
        Assert.False(hosts.MayConnect("cdn.example", IPAddress.Loopback, 5000));
        Assert.False(hosts.MayConnect("localhost", IPAddress.Loopback, 5001));
    }
}
