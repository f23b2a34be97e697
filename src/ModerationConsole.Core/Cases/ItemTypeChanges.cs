namespace ModerationConsole.Core.Cases;

/// <summary>Counts how often item types were changed on this node, so that what remembers them forgets at once.</summary>
public sealed class ItemTypeChanges
{
    private long _count;

    /// <summary>How often so far. Read it before the types.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>A change was committed.</summary>
    public void Changed() => Interlocked.Increment(ref _count);
}
