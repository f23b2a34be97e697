using ModerationConsole.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ModerationConsole.Tests.Support;

/// <summary>
/// Begins with what takes minutes, mostly waiting: begun last it would run alone at the end while the machine idles. The others
/// follow in an order that stays the same.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_long =
    [
        "Faults", "ServerFaultSuiteTests", "PageScanTests", "NetworkLogTests", "AuditVerbTests", "MigrateDatabaseTests",
        "FailingDatabaseTests", "DeadNodeWorkTests", "IntakeVerbTests", "DeadNodeTests", "NothingLostTests", "NoticeJourneyTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(one => one.UniqueID, StringComparer.Ordinal)];

    // A class that names no collection is one of its own, which ends in its name and its assembly's id.
    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(s_long, name => collection.TestCollectionDisplayName == name
            || collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)) is var place and >= 0 ? place : s_long.Length;
}
