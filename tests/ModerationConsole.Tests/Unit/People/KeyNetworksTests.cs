using System.Net;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Unit.People;

public sealed class KeyNetworksTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \n", "")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:DB8::/32\n203.0.113.0/24;203.0.113.0/24", "2001:db8::/32, 203.0.113.0/24")]
    [InlineData("::1", "::1/128")]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    public void Networks_WrittenAsPeopleDo_AreKeptInOneForm(string text, string kept) => Assert.Equal(kept, KeyNetworks.Normalize(text));

    [Theory]
    [InlineData("example.org")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("203.0.113.0/+8")]
    [InlineData("203.0.113.0/")]
    [InlineData("203.0.113.0/24/8")]
    [InlineData("203.0.113.7/24")]
    [InlineData("2001:db8::1/32")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:0:0/80")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%1")]
    [InlineData("203.0.113.0/24, nonsense")]
    public void Networks_ThatAreNone_AreRefused(string text) => Assert.Null(KeyNetworks.Normalize(text));

    [Fact]
    public void Networks_MoreThanFifty_AreRefused()
    {
        string[] all = [.. Enumerable.Range(0, KeyNetworks.Most + 1).Select(i => $"10.0.{i}.0/24")];

        Assert.NotNull(KeyNetworks.Normalize(string.Join(' ', all[1..])));
        Assert.Null(KeyNetworks.Normalize(string.Join(' ', all)));
    }

    [Theory]
    [InlineData("", "198.51.100.1", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.9", true)]
    [InlineData("203.0.113.0/24", "::203.0.113.9", false)]
    [InlineData("2001:db8::/32, 203.0.113.7/32", "203.0.113.7", true)]
    [InlineData("2001:db8::/32, 203.0.113.7/32", "203.0.113.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("fe80::/64", "fe80::1%2", true)]
    public void Address_InOneOfTheNetworks_IsLetIn(string networks, string address, bool allowed) =>
        Assert.Equal(allowed, KeyNetworks.Allow(networks, IPAddress.Parse(address)));

    [Fact]
    public void Address_ThatIsNotKnown_IsLetInOnlyWithoutAList() =>
        Assert.Equal((true, false), (KeyNetworks.Allow("", null), KeyNetworks.Allow("0.0.0.0/0", null)));

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1::/48")]
    public void Address_ThatIsRecorded_IsItsNetworkOnly(string address, string recorded) => Assert.Equal(recorded, KeyNetworks.Around(IPAddress.Parse(address)));
}
