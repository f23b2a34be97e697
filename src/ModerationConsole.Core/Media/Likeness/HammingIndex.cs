using System.Collections.Concurrent;
using System.Numerics;

namespace ModerationConsole.Core.Media.Likeness;

/// <summary>
/// Finds the hashes within a Hamming distance of another, all of them and no others, without looking at most. Multi-index
/// search (Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012): a hash is cut into pieces
/// of 16 bits, and hashes that are close as a whole are close in at least one piece. Each piece has a table; only what lies near
/// the sought piece in its table is compared. Not safe for several threads.
/// </summary>
public sealed class HammingIndex
{
    private const int PieceBits = 16;
    private const int PiecesAWord = 64 / PieceBits;
    private const int FirstRoom = 1_024;

    private static readonly ConcurrentDictionary<int, ushort[]> s_masks = new();

    private readonly int _words;
    private readonly int _radius;
    private readonly ushort[][] _masks;
    private readonly Bucket[]?[] _tables;
    private readonly Stack<int> _free = new();
    private ulong[] _hashes;
    private int[] _looked;
    private int _look;
    private int _end;

    /// <summary>An empty index.</summary>
    /// <param name="words">Length of a hash in words of 64 bits.</param>
    /// <param name="radius">Bits that may differ in a match.</param>
    public HammingIndex(int words, int radius)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        int pieces = words * PiecesAWord;
        (_words, _radius) = (words, radius);
        _masks = [.. Enumerable.Range(0, pieces).Select(piece => Masks(RadiusOf(piece, pieces, radius)))];
        _tables = new Bucket[]?[pieces];
        _hashes = new ulong[FirstRoom * words];
        _looked = new int[FirstRoom];
    }

    /// <summary>How many hashes it holds.</summary>
    public int Count => _end - _free.Count;

    /// <summary>Adds a hash; the number by which it is known is returned. Numbers of removed hashes are given again.</summary>
    public int Add(ReadOnlySpan<ulong> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, _words);
        int number = _free.TryPop(out int freed) ? freed : _end++;
        if (number >= _looked.Length)
        {
            Array.Resize(ref _hashes, _hashes.Length * 2);
            Array.Resize(ref _looked, _looked.Length * 2);
        }

        hash.CopyTo(_hashes.AsSpan(number * _words));
        for (int piece = 0; piece < _tables.Length; piece++)
        {
            // An index that is never used costs nothing.
            (_tables[piece] ??= new Bucket[1 << PieceBits])[PieceOf(hash, piece)].Add(number, _words == 1 ? hash[0] : null);
        }

        return number;
    }

    /// <summary>Takes out a hash that was added and not removed since.</summary>
    public void Remove(int number)
    {
        ReadOnlySpan<ulong> hash = HashAt(number);
        for (int piece = 0; piece < _tables.Length; piece++)
        {
            _tables[piece]![PieceOf(hash, piece)].Remove(number);
        }

        _free.Push(number);
    }

    /// <summary>Calls <paramref name="found"/> with the number and distance of every hash within the radius, each once, in no order.</summary>
    public void Find(ReadOnlySpan<ulong> hash, Action<int, int> found)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, _words);
        ArgumentNullException.ThrowIfNull(found);
        if (Count == 0)
        {
            return;
        }

        if (++_look == int.MaxValue)
        {
            Array.Clear(_looked);
            _look = 1;
        }

        for (int piece = 0; piece < _tables.Length; piece++)
        {
            Bucket[] table = _tables[piece]!;
            int sought = PieceOf(hash, piece);
            foreach (ushort mask in _masks[piece])
            {
                if (_words == 1)
                {
                    CompareInPlace(in table[sought ^ mask], hash[0], found);
                }
                else
                {
                    Compare(in table[sought ^ mask], hash, found);
                }
            }
        }
    }

    // Most of what is compared is too far: it is told from hashes that lie side by side, without going to each one's own place.
    private void CompareInPlace(in Bucket bucket, ulong sought, Action<int, int> found)
    {
        ReadOnlySpan<ulong> hashes = bucket.Hashes;
        for (int i = 0; i < hashes.Length; i++)
        {
            int distance = BitOperations.PopCount(hashes[i] ^ sought);
            if (distance <= _radius && IsNew(bucket.Numbers[i]))
            {
                found(bucket.Numbers[i], distance);
            }
        }
    }

    private void Compare(in Bucket bucket, ReadOnlySpan<ulong> sought, Action<int, int> found)
    {
        foreach (int number in bucket.Numbers)
        {
            if (IsNew(number) && Distance(sought, number) is int distance && distance <= _radius)
            {
                found(number, distance);
            }
        }
    }

    private bool IsNew(int number)
    {
        bool isNew = _looked[number] != _look;
        _looked[number] = _look;
        return isNew;
    }

    private int Distance(ReadOnlySpan<ulong> hash, int number)
    {
        ReadOnlySpan<ulong> other = HashAt(number);
        int distance = 0;
        for (int i = 0; i < hash.Length && distance <= _radius; i++)
        {
            distance += BitOperations.PopCount(hash[i] ^ other[i]);
        }

        return distance;
    }

    private ReadOnlySpan<ulong> HashAt(int number) => _hashes.AsSpan(number * _words, _words);

    private static int PieceOf(ReadOnlySpan<ulong> hash, int piece) =>
        (ushort)(hash[piece / PiecesAWord] >> (piece % PiecesAWord * PieceBits));

    // If every piece differed by more than its own radius, the whole would differ by at least the sum of these plus one each:
    // the radii are the smallest for which that sum is more than the radius of the whole.
    private static int RadiusOf(int piece, int pieces, int radius) => ((radius + 1 - pieces) / pieces) switch
    {
        _ when radius + 1 < pieces => piece <= radius ? 0 : -1,
        int each => each + (piece < (radius + 1 - pieces) % pieces ? 1 : 0),
    };

    // Every way in which a piece may differ, the closest first; none where the piece need not be looked at. The same for all
    // indices of a radius, and looking for them takes milliseconds.
    private static ushort[] Masks(int radius) => s_masks.GetOrAdd(radius, static radius =>
        [.. Enumerable.Range(0, 1 << PieceBits).Where(mask => BitOperations.PopCount((uint)mask) <= radius).OrderBy(mask => BitOperations.PopCount((uint)mask)).Select(mask => (ushort)mask)]);

    private struct Bucket
    {
        private int[]? _numbers;
        private ulong[]? _hashes;
        private int _count;

        public readonly ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, _count);

        /// <summary>Beside the numbers, where a hash is one word.</summary>
        public readonly ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, _count);

        public void Add(int number, ulong? hash)
        {
            _numbers ??= new int[2];
            if (_count == _numbers.Length)
            {
                Array.Resize(ref _numbers, _count + Math.Max(2, _count / 2));
            }

            if (hash is { } word)
            {
                if (_hashes is null || _hashes.Length < _numbers.Length)
                {
                    Array.Resize(ref _hashes, _numbers.Length);
                }

                _hashes[_count] = word;
            }

            _numbers[_count++] = number;
        }

        public void Remove(int number)
        {
            int at = Numbers.IndexOf(number);
            _numbers![at] = _numbers[--_count];
            if (_hashes is not null)
            {
                _hashes[at] = _hashes[_count];
            }

            if (_count == 0)
            {
                (_numbers, _hashes) = (null, null);
            }
        }
    }
}
