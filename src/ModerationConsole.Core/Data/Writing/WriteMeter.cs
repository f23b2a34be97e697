using System.Diagnostics.Metrics;

namespace ModerationConsole.Core.Data;

/// <summary>How many operations share a commit: the figure that tells whether writing has become the bottleneck.</summary>
internal static class WriteMeter
{
    private static readonly Meter s_meter = new("ModerationConsole");
    private static readonly Histogram<int> s_operations = s_meter.CreateHistogram<int>(
        "moderation.writes.group", "{operation}", "Operations that shared a commit.");

    public static void Count(int operations) => s_operations.Record(operations);
}
