using System.Collections.Concurrent;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>Remembers the roots of finished tiles, which never change: so that the next proof need not read them. Proofs are checked before they are given out.</summary>
public sealed class TileRoots
{
    // 32 bytes for 256 entries each: this is a tree of 25 million, and a few megabytes.
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(int Level, long Index), byte[]> _roots = new();

    internal byte[]? Find(int level, long index) => _roots.GetValueOrDefault((level, index));

    internal void Keep(int level, long index, byte[] root)
    {
        if (_roots.Count >= Most)
        {
            _roots.Clear();
        }

        _roots[(level, index)] = root;
    }
}
