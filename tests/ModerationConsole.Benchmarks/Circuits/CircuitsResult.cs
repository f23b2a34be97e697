namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>How soon changes reach those who see them, milliseconds from the commit.</summary>
/// <param name="Showing">How many circuits showed what changed.</param>
/// <param name="Changes">How many changes there were.</param>
/// <param name="HubP50Ms">Heard by a bare client of the hub in the same run: the floor.</param>
/// <param name="HubP99Ms">The same, all but a hundredth of the time.</param>
/// <param name="DrawnP50Ms">Drawn, over all circuits that show it.</param>
/// <param name="DrawnP99Ms">The same, all but a hundredth of the time.</param>
/// <param name="LastP99Ms">Drawn by the last of them.</param>
/// <param name="AboveFloorMs">What drawing takes longer than the floor, both at their p99.</param>
/// <param name="Missed">Drawings that did not come within ten seconds.</param>
internal sealed record Reach(
    int Showing, int Changes, double HubP50Ms, double HubP99Ms, double DrawnP50Ms, double DrawnP99Ms, double LastP99Ms, double AboveFloorMs, int Missed);

/// <summary>What a circuit weighs after two aggressive collections, kilobytes.</summary>
/// <param name="EmptyRss">Resident, an empty interactive page: the floor.</param>
/// <param name="EmptyHeap">Managed heap of the same.</param>
/// <param name="DeskRss">Resident, a desk with a case on it at which nothing happens.</param>
/// <param name="DeskHeap">Managed heap of the same.</param>
/// <param name="RssRatio">Desk over floor.</param>
/// <param name="HeapRatio">Desk over floor.</param>
/// <param name="Tasks">How many tasks were decided before the last weighing.</param>
/// <param name="GrowthHeapKb">What the whole process's heap held more after them.</param>
/// <param name="GrowthRssKb">What was resident more after them.</param>
internal sealed record Load(
    double EmptyRss, double EmptyHeap, double DeskRss, double DeskHeap, double RssRatio, double HeapRatio, int Tasks, double GrowthHeapKb, double GrowthRssKb);

/// <summary>What one run of the verb <c>circuits</c> found.</summary>
/// <param name="NextP50Ms">From Submit until the next task was drawn.</param>
/// <param name="NextP99Ms">The same, all but a hundredth of the time.</param>
/// <param name="Decisions">How many of them.</param>
/// <param name="CommitFloorPerSecond">Forced writes a second that the disk can do.</param>
/// <param name="Troubles">Circuits that the server ended or complained to.</param>
internal sealed record CircuitsResult(
    int Circuits, Load Memory, double NextP50Ms, double NextP99Ms, int Decisions, double CommitFloorPerSecond, Reach Ten, Reach All, int Troubles);
