using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>Which cases have a hash near another. Equal hashes are kept and compared once, however many cases have them.</summary>
internal sealed class HashFamilies<THash>(int words, int radius, Action<THash, Span<ulong>> write)
    where THash : struct
{
    private readonly HammingIndex _index = new(words, radius);
    private readonly Dictionary<THash, Family> _families = [];
    private readonly List<Family?> _byNumber = [];

    public void Add(THash hash, long caseNumber)
    {
        if (!_families.TryGetValue(hash, out Family? family))
        {
            Span<ulong> bits = stackalloc ulong[words];
            write(hash, bits);
            family = new Family(_index.Add(bits), []);
            _families.Add(hash, family);
            while (_byNumber.Count <= family.Number)
            {
                _byNumber.Add(null);
            }

            _byNumber[family.Number] = family;
        }

        family.Cases.Add(caseNumber);
    }

    public void Remove(THash hash, long caseNumber)
    {
        if (_families.TryGetValue(hash, out Family? family) && family.Cases.Remove(caseNumber) && family.Cases.Count == 0)
        {
            _families.Remove(hash);
            _byNumber[family.Number] = null;
            _index.Remove(family.Number);
        }
    }

    /// <summary>The cases near a hash, the nearest families first.</summary>
    public IEnumerable<long> Near(THash hash)
    {
        Span<ulong> bits = stackalloc ulong[words];
        write(hash, bits);
        List<(int Distance, int Number)> near = [];
        _index.Find(bits, (number, distance) => near.Add((distance, number)));
        near.Sort();
        return near.SelectMany(found => _byNumber[found.Number]!.Cases);
    }

    private sealed record Family(int Number, HashSet<long> Cases);
}
