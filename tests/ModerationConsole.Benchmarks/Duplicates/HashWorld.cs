namespace ModerationConsole.Benchmarks.Duplicates;

/// <summary>
/// Hashes of which half are near-duplicates of others: families of all sizes, many small and a few that went around the world,
/// each member within the distance of a match of its first. The same for the same seed.
/// </summary>
internal sealed class HashWorld
{
    private const int LargestFamily = 1_000;

    private readonly int _words;

    public HashWorld(int words, int radius, int count, int seed)
    {
        _words = words;
        Count = count;
        Bits = new ulong[(long)count * words];
        Random random = new(seed);
        int near = 0;
        for (int at = 0; at < count;)
        {
            random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(At(at)));
            int first = at++;
            // Every other hash belongs to a family; sizes fall off as their inverse, up to the largest.
            for (int member = near < count / 2 ? FamilyOf(random) : 0; member > 0 && at < count; member--, near++)
            {
                At(first).CopyTo(At(at));
                for (int flips = random.Next(radius + 1); flips > 0; flips--)
                {
                    int bit = random.Next(words * 64);
                    At(at)[bit / 64] ^= 1UL << (bit % 64);
                }

                at++;
            }
        }

        NearDuplicates = near;
        Shuffle(random);
    }

    public int Count { get; }

    /// <summary>How many are near-duplicates of an earlier one.</summary>
    public int NearDuplicates { get; }

    public ulong[] Bits { get; }

    public Span<ulong> At(int number) => Bits.AsSpan(number * _words, _words);

    private static int FamilyOf(Random random) => random.Next(4) > 0 ? 0 : (int)Math.Pow(LargestFamily, random.NextDouble());

    // Copies do not come one after the other.
    private void Shuffle(Random random)
    {
        Span<ulong> kept = stackalloc ulong[_words];
        for (int i = Count - 1; i > 0; i--)
        {
            int other = random.Next(i + 1);
            At(i).CopyTo(kept);
            At(other).CopyTo(At(i));
            kept.CopyTo(At(other));
        }
    }
}
