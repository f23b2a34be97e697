namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>Remembers how the sealer of this process fares.</summary>
public sealed class SealHealth
{
    private volatile bool _broken;

    /// <summary>Whether the stored tree was found to contradict its last head.</summary>
    public bool IsBroken => _broken;

    internal void Sealed() => _broken = false;

    internal void Broke() => _broken = true;
}
