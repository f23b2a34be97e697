using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>What is known by a number, found by the hashes of its words and files. Not safe for several threads.</summary>
internal sealed class LikenessIndex
{
    private readonly Dictionary<long, LikeCase> _held = [];
    private readonly Dictionary<long, HashSet<long>> _byKey = [];
    private readonly Dictionary<UInt128, HashSet<long>> _byFile = [];
    private readonly HashFamilies<long> _texts = new(1, TextLikeness.MatchDistance, static (hash, bits) => bits[0] = (ulong)hash);
    private readonly HashFamilies<PictureHash> _pictures = new(4, PictureHash.MatchDistance, static (hash, bits) =>
        (bits[0], bits[1], bits[2], bits[3]) = (hash.A, hash.B, hash.C, hash.D));

    /// <summary>How many it holds.</summary>
    public int Count => _held.Count;

    /// <summary>What is known under a number; null when nothing is.</summary>
    public LikeCase? Of(long number) => _held.GetValueOrDefault(number);

    /// <summary>Numbers of what may be like this by some hash, one perhaps several times.</summary>
    public IEnumerable<long> Candidates(LikeCase about)
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

    /// <summary>Adds what is not held under this number.</summary>
    public void Add(long number, LikeCase about)
    {
        _held.Add(number, about);
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

    /// <summary>Forgets a number.</summary>
    public void Drop(long number)
    {
        if (!_held.Remove(number, out LikeCase? about))
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
