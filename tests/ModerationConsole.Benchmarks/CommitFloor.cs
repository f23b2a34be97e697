using System.Diagnostics;

namespace ModerationConsole.Benchmarks;

/// <summary>What the disk under a benchmark can do: appends of 8 KB, each forced to the platter before the next.</summary>
internal static class CommitFloor
{
    private const int Size = 8 * 1024;

    /// <summary>Forced appends a second in <paramref name="directory"/>.</summary>
    public static double Measure(string directory, TimeSpan time)
    {
        string path = Path.Combine(directory, $"floor-{Guid.NewGuid():N}");
        byte[] block = new byte[Size];
        Random.Shared.NextBytes(block);
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            long commits = 0;
            Stopwatch watch = Stopwatch.StartNew();
            for (; watch.Elapsed < time; commits++)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
            }

            return commits / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
