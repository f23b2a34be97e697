using Microsoft.AspNetCore.Components.Server;

namespace ModerationConsole.Web.Security;

/// <summary>How long the server keeps what an open page holds once the page is gone: as long as a lease's grace, since it may hold harmful content.</summary>
internal static class CircuitLimits
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);

    public static void Set(CircuitOptions options)
    {
        options.DisconnectedCircuitRetentionPeriod = s_grace;
        options.DisconnectedCircuitMaxRetained = 200;
        options.PersistedCircuitInMemoryRetentionPeriod = s_grace;
        options.PersistedCircuitInMemoryMaxRetained = 200;
    }
}
