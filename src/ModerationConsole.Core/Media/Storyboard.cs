using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>How many stills stand for a video, and how they are tiled within the ladder's smallest step.</summary>
internal sealed record Storyboard(int Stills, int Columns, int Rows, double StillsPerSecond, bool KeyFramesOnly)
{
    private const int SecondsPerStill = 5;

    // Beyond this the key frames, a few seconds apart, show as much and cost a fraction.
    private static readonly TimeSpan s_shortClip = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(0.1);

    private static readonly (int Few, int Many)[] s_grids = [(3, 4), (4, 5), (5, 6), (6, 7), (6, 10)];

    /// <summary>From 12 stills for up to a minute to 60 for five minutes and more.</summary>
    public static Storyboard For(TimeSpan? duration, bool isPortrait)
    {
        var length = duration ?? s_shortClip;
        var (few, many) = s_grids.FirstOrDefault(
            grid => grid.Few * grid.Many * SecondsPerStill >= length.TotalSeconds, s_grids[^1]);
        var stills = few * many;
        var perSecond = stills / Math.Max(length.TotalSeconds, s_shortest.TotalSeconds);
        // Wide stills stack better in few columns, tall ones in many.
        return new Storyboard(
            stills, isPortrait ? many : few, isPortrait ? few : many, perSecond, length > s_shortClip);
    }

    /// <summary>
    /// The filter chain that picks, shrinks, greys, perhaps blurs, and tiles. The last still fills the places of a video that
    /// ends before the length it claims.
    /// </summary>
    public string Filter(int side, bool blurred = true)
    {
        var (width, height) = (side / Columns, side / Rows);
        var still = blurred ? StillFilter.FitAndBlur(width, height) : StillFilter.FitGrey(width, height);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"fps={StillsPerSecond:0.######},{still},tpad=stop={Stills}:stop_mode=clone,tile={Columns}x{Rows}");
    }
}
