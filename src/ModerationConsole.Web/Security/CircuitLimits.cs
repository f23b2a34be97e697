using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace ModerationConsole.Web.Security;

/// <summary>What circuits may and may not.</summary>
internal static class CircuitLimits
{
    private const long MaxMessageBytes = 32 * 1024;

    // As long as a lease's grace.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);

    /// <summary>How long the server keeps what an open page holds once the page is gone: as long as a lease's grace, since it may hold harmful content.</summary>
    public static void Keep(CircuitOptions options)
    {
        options.DisconnectedCircuitRetentionPeriod = s_grace;
        options.DisconnectedCircuitMaxRetained = 200;
        options.PersistedCircuitInMemoryRetentionPeriod = s_grace;
        options.PersistedCircuitInMemoryMaxRetained = 200;
    }

    /// <summary>Bounds what a page may send at once.</summary>
    public static void Bound(HubOptions options) => options.MaximumReceiveMessageSize = MaxMessageBytes;

    /// <summary>Leaves the framework's own content policy out, which would take the place of ours (<see cref="SecurityHeaders"/>).</summary>
    public static void UseOurPolicy(ServerComponentsEndpointOptions options) => options.ContentSecurityFrameAncestorsPolicy = null;
}
