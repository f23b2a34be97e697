using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Web.Security;

/// <summary>Bounds how often a minute an address, and anyone for an account, may try to sign in: hashing passwords costs time, and guessing must be slow.</summary>
internal sealed class SignInLimits(IOptions<SecurityOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byAddress = PerMinute(options.Value.SignInsPerAddress);
    private readonly PartitionedRateLimiter<string> _byAccount = PerMinute(options.Value.SignInsPerAccount);

    /// <summary>Whether one more try is allowed now; counts it.</summary>
    public bool Allow(IPAddress? address, string account) => Allow(address) && Allow(account);

    /// <summary>Whether one more try is allowed for this account, where the address is not known; counts it.</summary>
    public bool Allow(string account)
    {
        using RateLimitLease byAccount = _byAccount.AttemptAcquire(account.Trim().ToUpperInvariant());
        return byAccount.IsAcquired;
    }

    /// <summary>Whether this address is allowed one more try, where no account is named yet; counts it.</summary>
    public bool Allow(IPAddress? address)
    {
        using RateLimitLease byAddress = _byAddress.AttemptAcquire(Network(address));
        return byAddress.IsAcquired;
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byAccount.Dispose();
    }

    // One IPv6 customer holds a whole /64.
    internal static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    internal static PartitionedRateLimiter<string> PerMinute(int permits) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
            key,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            }));
}
