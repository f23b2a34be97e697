using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Benchmarks.Duplicates;

/// <summary>What one run of the verb <c>duplicates</c> found for one kind of hash.</summary>
/// <param name="Kind">Pictures (256 bits) or texts (64 bits).</param>
/// <param name="NearShare">Share of the hashes that are near-duplicates of another.</param>
/// <param name="ScanPerSecond">Searches a second by a plain scan, each turn.</param>
/// <param name="IndexPerSecond">The same by the index.</param>
/// <param name="Ratios">Index over scan in each round.</param>
/// <param name="MedianRatio">The middle one.</param>
/// <param name="WorstRatio">The smallest one.</param>
/// <param name="Matches">Matches found in all, the same by both.</param>
/// <param name="Different">Searches whose results were not the same set: none, or the run is void.</param>
/// <param name="BytesAHash">Memory of the index a hash.</param>
internal sealed record DuplicatesResult(
    string Kind, int Hashes, int Radius, double NearShare, IReadOnlyList<double> ScanPerSecond, IReadOnlyList<double> IndexPerSecond,
    IReadOnlyList<double> Ratios, double MedianRatio, double WorstRatio, long Matches, int Different, double FillSeconds, double BytesAHash);

/// <summary>Searches by the index and by a plain scan by turns, A B A B, over the same hashes and the same queries.</summary>
internal static class DuplicatesBenchmark
{
    private const int Seed = 20_261;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(DuplicatesOptions options)
    {
        bool same = true;
        foreach ((string kind, int words, int radius) in new[] { ("pictures", 4, PictureHash.MatchDistance), ("texts", 1, TextLikeness.MatchDistance) })
        {
            await Console.Error.WriteLineAsync($"{options.Hashes} hashes of {kind}");
            DuplicatesResult result = Measure(options, kind, words, radius);
            same &= result.Different == 0;
            await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, s_json) : result.ToString());
        }

        return same ? 0 : 1;
    }

    private static DuplicatesResult Measure(DuplicatesOptions options, string kind, int words, int radius)
    {
        HashWorld world = new(words, radius, options.Hashes, Seed);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stopwatch filling = Stopwatch.StartNew();
        HammingIndex index = new(words, radius);
        for (int i = 0; i < world.Count; i++)
        {
            index.Add(world.At(i));
        }

        filling.Stop();
        double bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        int[] queries = [.. Enumerable.Range(0, options.Queries).Select(i => (int)((long)i * world.Count / options.Queries))];
        (long matches, int different) = Compare(world, index, words, radius, queries);
        List<double> scan = [];
        List<double> indexed = [];
        // One that is not counted: in the first one much of the code is not compiled yet.
        PerSecond(queries, query => Scan(world, words, radius, query, null));
        PerSecond(queries, query => Search(world, index, query, null));
        for (int round = 0; round < options.Rounds; round++)
        {
            scan.Add(PerSecond(queries, query => Scan(world, words, radius, query, null)));
            indexed.Add(PerSecond(queries, query => Search(world, index, query, null)));
        }

        double[] ratios = [.. indexed.Zip(scan, (fast, slow) => Math.Round(fast / slow, 1))];
        return new DuplicatesResult(
            kind, world.Count, radius, Math.Round(world.NearDuplicates / (double)world.Count, 3), scan, indexed, ratios,
            ratios.Order().ElementAt(ratios.Length / 2), ratios.Min(), matches, different, Math.Round(filling.Elapsed.TotalSeconds, 1),
            Math.Round(bytes / world.Count));
    }

    private static (long Matches, int Different) Compare(HashWorld world, HammingIndex index, int words, int radius, int[] queries)
    {
        long matches = 0;
        int different = 0;
        foreach (int query in queries)
        {
            List<int> scanned = [];
            List<int> found = [];
            Scan(world, words, radius, query, scanned);
            Search(world, index, query, found);
            matches += scanned.Count;
            different += scanned.Order().SequenceEqual(found.Order()) ? 0 : 1;
        }

        return (matches, different);
    }

    private static double PerSecond(int[] queries, Func<int, int> search)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long found = 0;
        foreach (int query in queries)
        {
            found += search(query);
        }

        return found < 0 ? 0 : Math.Round(queries.Length / watch.Elapsed.TotalSeconds, 1);
    }

    private static int Search(HashWorld world, HammingIndex index, int query, List<int>? into)
    {
        int count = 0;
        index.Find(world.At(query), (number, _) =>
        {
            count++;
            into?.Add(number);
        });
        return count;
    }

    // As fast as a plain scan goes: one array, no calls, and no bit counted once a hash is too far.
    private static int Scan(HashWorld world, int words, int radius, int query, List<int>? into)
    {
        int count = 0;
        ReadOnlySpan<ulong> bits = world.Bits;
        if (words == 1)
        {
            ulong sought = bits[query];
            for (int i = 0; i < bits.Length; i++)
            {
                if (BitOperations.PopCount(sought ^ bits[i]) <= radius)
                {
                    count++;
                    into?.Add(i);
                }
            }

            return count;
        }

        (ulong a, ulong b, ulong c, ulong d) = (bits[query * 4], bits[(query * 4) + 1], bits[(query * 4) + 2], bits[(query * 4) + 3]);
        for (int i = 0; i + 3 < bits.Length; i += 4)
        {
            int half = BitOperations.PopCount(a ^ bits[i]) + BitOperations.PopCount(b ^ bits[i + 1]);
            if (half <= radius && half + BitOperations.PopCount(c ^ bits[i + 2]) + BitOperations.PopCount(d ^ bits[i + 3]) <= radius)
            {
                count++;
                into?.Add(i / 4);
            }
        }

        return count;
    }
}
