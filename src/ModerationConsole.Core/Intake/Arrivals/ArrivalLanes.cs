using System.Data;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>How arriving items are written on a server, apart from what people do.</summary>
internal static class ArrivalLanes
{
    /// <summary>Programs' promises: rows that are only added, so they ask nothing of one another.</summary>
    public static WriteLane Promising { get; } = new("arrivals", IsolationLevel.ReadCommitted, 2) { IsQuiet = true };

    /// <summary>What was promised is taken in by one writer, in order, and keeps nobody's decision waiting.</summary>
    public static WriteLane TakingIn { get; } = new("taking-in", WriteLane.General.Isolation, 1);
}

/// <summary>Wakes the taking in as soon as this node has promised something.</summary>
public sealed class ArrivalSignal : WakeSignal;
