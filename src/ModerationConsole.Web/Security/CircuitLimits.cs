using Microsoft.AspNetCore.Components.Server;

namespace ModerationConsole.Web.Security;

/// <summary>What circuits may and may not.</summary>
internal static class CircuitLimits
{
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

    /// <summary>Leaves the framework's own content policy out, which would take the place of ours (<see cref="SecurityHeaders"/>).</summary>
    public static void UseOurPolicy(ServerComponentsEndpointOptions options) => options.ContentSecurityFrameAncestorsPolicy = null;
}
