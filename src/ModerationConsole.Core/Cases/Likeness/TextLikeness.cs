using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ModerationConsole.Core.Cases.Likeness;

/// <summary>By what texts are told to be alike.</summary>
/// <param name="Key">The same for texts that are the same in the form in which they are compared.</param>
/// <param name="Hash">Close for texts that are close; null where a text is too short to be close to another.</param>
public readonly record struct TextLikeness(long Key, long? Hash)
{
    /// <summary>Bits that may differ between the hashes of texts that are looked at more closely.</summary>
    public const int MatchDistance = 10;

    /// <summary>Share of common shingles (Jaccard) from which two texts count as nearly the same.</summary>
    public const double NearlyTheSame = 0.7;

    /// <summary>A text shorter than this, in the form in which it is compared, is only ever the same as another.</summary>
    public const int ShortestNear = 24;

    private const int ShingleLength = 3;

    /// <summary>
    /// The likeness of a text; null when there is nothing to compare. The hash is Charikar's SimHash ("Similarity estimation
    /// techniques from rounding algorithms", STOC 2002; for near duplicates at scale: Manku, Jain and Das Sarma, "Detecting
    /// near-duplicates for web crawling", WWW 2007) over the distinct shingles of three characters of <see cref="TextForm.WithSigns"/>:
    /// each shingle votes with its own 64-bit hash on every bit. Shingles of characters need no words, so they serve every script.
    /// </summary>
    public static TextLikeness? Of(string text)
    {
        string form = TextForm.Of(text);
        if (form.Length == 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(form.AsSpan()), digest);
        return new TextLikeness(BinaryPrimitives.ReadInt64LittleEndian(digest), TextForm.WithSigns(text) is { Length: >= ShortestNear } near ? SimHash(near) : null);
    }

    /// <summary>How alike two texts are by the shingles they share, 0 to 1.</summary>
    public static double Share(string one, string other)
    {
        HashSet<ulong> ours = Shingles(TextForm.WithSigns(one));
        HashSet<ulong> theirs = Shingles(TextForm.WithSigns(other));
        int common = ours.Count(theirs.Contains);
        int all = ours.Count + theirs.Count - common;
        return all == 0 ? 1 : common / (double)all;
    }

    private static long SimHash(string form)
    {
        Span<int> votes = stackalloc int[64];
        votes.Clear();
        foreach (ulong shingle in Shingles(form))
        {
            for (int bit = 0; bit < votes.Length; bit++)
            {
                votes[bit] += ((shingle >> bit) & 1) == 1 ? 1 : -1;
            }
        }

        ulong hash = 0;
        for (int bit = 0; bit < votes.Length; bit++)
        {
            hash |= votes[bit] > 0 ? 1UL << bit : 0;
        }

        return (long)hash;
    }

    private static HashSet<ulong> Shingles(string form)
    {
        HashSet<ulong> shingles = new(form.Length);
        for (int start = 0; start + ShingleLength <= form.Length; start++)
        {
            shingles.Add(Mixed(((ulong)form[start] << 32) | ((ulong)form[start + 1] << 16) | form[start + 2]));
        }

        return shingles;
    }

    // Spreads 48 bits over 64 so that every bit depends on all of them (the finaliser of SplitMix64, Steele et al. 2014).
    // The result is stored: it must never change.
    private static ulong Mixed(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return BitOperations.RotateLeft(value ^ (value >> 31), 7);
    }
}
