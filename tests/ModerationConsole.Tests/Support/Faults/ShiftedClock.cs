using System.Globalization;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>
/// The system's clock, off by as many seconds as a file says: an operator sets the time of day of a running program. What counts
/// elapsed time does not notice, as on a real machine.
/// </summary>
internal sealed class ShiftedClock(string path) : TimeProvider
{
    private const long ReadEveryMs = 20;

    private long _read = long.MinValue / 2;
    private long _seconds;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(Seconds());

    /// <summary>Sets the clock.</summary>
    public static void Set(string path, int seconds)
    {
        // Whole or not at all: the program reads at any moment.
        File.WriteAllText(path + ".new", seconds.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    private long Seconds()
    {
        long now = Environment.TickCount64;
        if (now - Volatile.Read(ref _read) >= ReadEveryMs)
        {
            Volatile.Write(ref _read, now);
            Volatile.Write(ref _seconds, File.Exists(path) ? long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : 0);
        }

        return Volatile.Read(ref _seconds);
    }
}
