namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>Tests that start the program as a process do so one after the other: several at once would take the machine from the rest.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
