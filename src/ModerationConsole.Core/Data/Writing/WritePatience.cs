using System.Diagnostics;

namespace ModerationConsole.Core.Data;

/// <summary>How long a write waits for a database that went away, with growing pauses. Whoever waits for it is told nothing until then.</summary>
/// <param name="options">How long that is.</param>
/// <param name="begun">Since when, by the stopwatch. Real time, whatever clock the rules go by: the server is real.</param>
internal sealed class WritePatience(DatabaseOptions options, long begun)
{
    private int _tries;

    /// <summary>Whether the last try came as far as a transaction. If not, it failed for the server's sake alone.</summary>
    public bool Reached { get; set; }

    /// <summary>Whether it is worth another try. The embedded database is there or is broken.</summary>
    public bool Lasts => !options.HasOneWriter && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(options.WritePatienceSeconds);

    /// <summary>Waits: a tenth of a second at first, two seconds at most, never the same for all nodes.</summary>
    public Task WaitAsync()
    {
        double most = Math.Min(2_000, 100 * Math.Pow(2, _tries++));
        return Task.Delay(TimeSpan.FromMilliseconds((most / 2) + (Random.Shared.NextDouble() * most / 2)));
    }
}
