using System.Numerics;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Tests.Unit.Media;

/// <summary>The index finds what a plain scan finds: no more, no less.</summary>
public sealed class HammingIndexTests
{
    // Every radius up to four pieces' worth: whole and broken shares of the pieces alike.
    public static TheoryData<int, int> Shapes =>
        [.. from words in new[] { 1, 2, 4 } from radius in new[] { 0, 1, 2, 3, 4, 7, 10, 15, 16, 20, 31 } where radius <= words * 12 select (words, radius)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_OverHashesNearAndFar_FindsWhatAScanFinds(int words, int radius)
    {
        Random random = new((words * 100) + radius);
        ulong[][] hashes = [.. Enumerable.Range(0, 400).SelectMany(_ => Family(random, words, radius))];
        HammingIndex index = new(words, radius);
        int[] numbers = [.. hashes.Select(hash => index.Add(hash))];
        // Some go, some come back under numbers that were used before.
        for (int i = 0; i < hashes.Length; i += 3)
        {
            index.Remove(numbers[i]);
        }

        for (int i = 0; i < hashes.Length; i += 6)
        {
            numbers[i] = index.Add(hashes[i]);
        }

        int[] there = [.. Enumerable.Range(0, hashes.Length).Where(i => i % 3 != 0 || i % 6 == 0)];
        Assert.Equal(there.Length, index.Count);
        foreach (ulong[] sought in hashes.Where((_, i) => i % 17 == 0).Append(new ulong[words]))
        {
            (int, int)[] scanned = [.. there.Select(i => (numbers[i], Distance(sought, hashes[i]))).Where(match => match.Item2 <= radius).Order()];
            Assert.Equal(scanned, Find(index, sought));
        }
    }

    [Fact]
    public void Match_WhoseDifferencesAreSpreadAsThinlyAsCanBe_IsFound()
    {
        // Two bits in all pieces but one, which has one: the only piece by which it can be found.
        HammingIndex index = new(4, 31);
        ulong[] spread = [0x0003_0003_0003_0003, 0x0003_0003_0003_0003, 0x0003_0003_0003_0003, 0x0001_0003_0003_0003];
        int number = index.Add(spread);

        Assert.Equal([(number, 31)], Find(index, new ulong[4]));
    }

    [Fact]
    public void Match_OneBitTooFar_IsNotFound()
    {
        HammingIndex index = new(1, 10);
        index.Add([0x7ff]);

        Assert.Empty(Find(index, [0]));
        Assert.Single(Find(index, [1]));
    }

    private static IEnumerable<ulong[]> Family(Random random, int words, int radius)
    {
        ulong[] first = [.. Enumerable.Range(0, words).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        yield return first;
        for (int member = 0; member < 3; member++)
        {
            ulong[] other = [.. first];
            for (int flips = random.Next(radius + 3); flips > 0; flips--)
            {
                int bit = random.Next(words * 64);
                other[bit / 64] ^= 1UL << (bit % 64);
            }

            yield return other;
        }
    }

    private static (int, int)[] Find(HammingIndex index, ulong[] sought)
    {
        List<(int, int)> found = [];
        index.Find(sought, (number, distance) => found.Add((number, distance)));
        return [.. found.Order()];
    }

    private static int Distance(ulong[] one, ulong[] other) => one.Zip(other, (a, b) => BitOperations.PopCount(a ^ b)).Sum();
}
