using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>
/// Which waiting cases are like which, in this node's memory. It is a place to look, never the truth: whoever takes something
/// from it asks the database whether it still waits, and for whom. Child-safety items are not in it.
/// </summary>
public sealed class WaitingLikeness
{
    /// <summary>Cases that it holds at most; what comes after waits without being found by others.</summary>
    public const int MostCases = 1_000_000;

    /// <summary>Cases that one search returns at most.</summary>
    public const int MostFound = 400;

    private readonly Lock _gate = new();
    private readonly int _most;
    private readonly Dictionary<long, LikeCase> _cases = [];
    private readonly Dictionary<long, HashSet<long>> _byKey = [];
    private readonly Dictionary<UInt128, HashSet<long>> _byFile = [];
    private readonly HashFamilies<long> _texts = new(1, TextLikeness.MatchDistance, static (hash, bits) => bits[0] = (ulong)hash);
    private readonly HashFamilies<PictureHash> _pictures = new(4, PictureHash.MatchDistance, static (hash, bits) =>
        (bits[0], bits[1], bits[2], bits[3]) = (hash.A, hash.B, hash.C, hash.D));

    public WaitingLikeness()
        : this(MostCases)
    {
    }

    internal WaitingLikeness(int most) => _most = most;

    /// <summary>How many cases it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _cases.Count;
            }
        }
    }

    /// <summary>Adds a case or renews what is known of it.</summary>
    internal void Put(LikeCase about)
    {
        lock (_gate)
        {
            Drop(about.CaseNumber);
            if (_cases.Count < _most)
            {
                Add(about);
            }
        }
    }

    /// <summary>Forgets a case.</summary>
    internal void Remove(long caseNumber)
    {
        lock (_gate)
        {
            Drop(caseNumber);
        }
    }

    /// <summary>What is known of a case; null when nothing is.</summary>
    internal LikeCase? Of(long caseNumber)
    {
        lock (_gate)
        {
            return _cases.GetValueOrDefault(caseNumber);
        }
    }

    /// <summary>Cases that are like this one by their hashes, the closest kind of likeness first.</summary>
    internal IReadOnlyList<(long CaseNumber, Alike Alike)> Find(LikeCase about)
    {
        lock (_gate)
        {
            HashSet<long> seen = [];
            List<(long CaseNumber, Alike Alike)> found = [];
            foreach (long number in Candidates(about))
            {
                if (found.Count < MostFound && seen.Add(number) && about.To(_cases[number]) is { } alike)
                {
                    found.Add((number, alike));
                }
            }

            return [.. found.OrderBy(match => match.Alike).ThenBy(match => match.CaseNumber)];
        }
    }

    private IEnumerable<long> Candidates(LikeCase about)
    {
        if (about.TextKey is { } key)
        {
            foreach (long number in _byKey.GetValueOrDefault(key) ?? [])
            {
                yield return number;
            }
        }

        foreach (LikeMedia media in about.Media)
        {
            foreach (long number in media.File is { } file ? _byFile.GetValueOrDefault(file) ?? [] : [])
            {
                yield return number;
            }

            foreach (long number in media.Picture is { } picture ? _pictures.Near(picture) : [])
            {
                yield return number;
            }
        }

        foreach (long number in about.TextHash is { } hash ? _texts.Near(hash) : [])
        {
            yield return number;
        }
    }

    private void Add(LikeCase about)
    {
        long number = about.CaseNumber;
        _cases.Add(number, about);
        if (about.TextKey is { } key)
        {
            Put(_byKey, key, number);
        }

        if (about.TextHash is { } hash)
        {
            _texts.Add(hash, number);
        }

        foreach (LikeMedia media in about.Media)
        {
            if (media.File is { } file)
            {
                Put(_byFile, file, number);
            }

            if (media.Picture is { } picture)
            {
                _pictures.Add(picture, number);
            }
        }
    }

    private void Drop(long number)
    {
        if (!_cases.Remove(number, out LikeCase? about))
        {
            return;
        }

        if (about.TextKey is { } key)
        {
            Take(_byKey, key, number);
        }

        if (about.TextHash is { } hash)
        {
            _texts.Remove(hash, number);
        }

        foreach (LikeMedia media in about.Media)
        {
            if (media.File is { } file)
            {
                Take(_byFile, file, number);
            }

            if (media.Picture is { } picture)
            {
                _pictures.Remove(picture, number);
            }
        }
    }

    private static void Put<TKey>(Dictionary<TKey, HashSet<long>> map, TKey key, long number)
        where TKey : struct
    {
        if (!map.TryGetValue(key, out HashSet<long>? numbers))
        {
            map.Add(key, numbers = []);
        }

        numbers.Add(number);
    }

    private static void Take<TKey>(Dictionary<TKey, HashSet<long>> map, TKey key, long number)
        where TKey : struct
    {
        if (map.TryGetValue(key, out HashSet<long>? numbers) && numbers.Remove(number) && numbers.Count == 0)
        {
            map.Remove(key);
        }
    }
}
