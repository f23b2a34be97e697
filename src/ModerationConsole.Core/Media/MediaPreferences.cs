namespace ModerationConsole.Core.Media;

/// <summary>How much colour is left of media that is shown, from all to none.</summary>
public enum MediaColour
{
    Full,
    Reduced,
    Sepia,
    Grey,
}

/// <summary>How a person looks under the veil.</summary>
public enum RevealMode
{
    /// <summary>As long as the key is held.</summary>
    Hold,

    /// <summary>From one press of the key to the next.</summary>
    Toggle,

    /// <summary>Only what is under the pointer, while held.</summary>
    Region,
}

/// <summary>How a person wants media shown. The defaults are what evidence suggests; each person knows better for themselves.</summary>
public sealed record MediaPreferences
{
    /// <summary>Smallest picture in a tile, pixels.</summary>
    public const int LeastThumbnail = 120;

    /// <summary>Largest picture in a tile, pixels.</summary>
    public const int MostThumbnail = 640;

    /// <summary>Slowest playing, percent.</summary>
    public const int LeastSpeed = 25;

    /// <summary>Fastest playing, percent.</summary>
    public const int MostSpeed = 200;

    /// <summary>Shortest time without a movement after which media is hidden, seconds.</summary>
    public const int LeastReblurSeconds = 10;

    /// <summary>Longest time without a movement after which media is hidden, seconds.</summary>
    public const int MostReblurSeconds = 120;

    /// <summary>What holds for people who chose nothing.</summary>
    public static MediaPreferences Default { get; } = new();

    /// <summary>What holds where nobody can tell what the person chose.</summary>
    public static MediaPreferences Strictest { get; } = new()
    {
        Blur = MediaFilters.MostBlur,
        Colour = MediaColour.Grey,
        Thumbnail = LeastThumbnail,
        Muted = true,
        SpeedPercent = LeastSpeed,
        StoryboardFirst = true,
        ClipFirst = true,
        Reveal = RevealMode.Region,
        ReblurSeconds = LeastReblurSeconds,
    };

    /// <summary>Blur that stays on what is revealed, 0 to <see cref="MediaFilters.MostBlur"/>.</summary>
    public int Blur { get; init; }

    /// <summary>How much colour is left.</summary>
    public MediaColour Colour { get; init; }

    /// <summary>Longest side of a picture that was not enlarged, pixels.</summary>
    public int Thumbnail { get; init; } = 320;

    /// <summary>Sound is off until switched on.</summary>
    public bool Muted { get; init; } = true;

    /// <summary>How fast videos and recordings play, percent.</summary>
    public int SpeedPercent { get; init; } = 100;

    /// <summary>A video is first revealed as stills.</summary>
    public bool StoryboardFirst { get; init; } = true;

    /// <summary>A video is shown as its small clip before the whole is offered.</summary>
    public bool ClipFirst { get; init; } = true;

    /// <summary>How the person looks under the veil. Of the person, not of a category.</summary>
    public RevealMode Reveal { get; init; }

    /// <summary>After how many seconds without a movement media is hidden. Of the person, not of a category.</summary>
    public int ReblurSeconds { get; init; } = 20;

    /// <summary>Whether every value is one that a person may choose.</summary>
    public bool IsValid =>
        Blur is >= 0 and <= MediaFilters.MostBlur && Enum.IsDefined(Colour) && Enum.IsDefined(Reveal)
        && Thumbnail is >= LeastThumbnail and <= MostThumbnail && SpeedPercent is >= LeastSpeed and <= MostSpeed
        && ReblurSeconds is >= LeastReblurSeconds and <= MostReblurSeconds;

    /// <summary>Of each value the more careful one.</summary>
    public MediaPreferences And(MediaPreferences other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Blur = Math.Max(Blur, other.Blur),
            Colour = Colour > other.Colour ? Colour : other.Colour,
            Thumbnail = Math.Min(Thumbnail, other.Thumbnail),
            Muted = Muted || other.Muted,
            SpeedPercent = Math.Min(SpeedPercent, other.SpeedPercent),
            StoryboardFirst = StoryboardFirst || other.StoryboardFirst,
            ClipFirst = ClipFirst || other.ClipFirst,
        };
    }

    /// <summary>The step by which a video is first revealed.</summary>
    public MediaStep FirstStepOf(MediaKind kind) => kind != MediaKind.Video || StoryboardFirst ? MediaStep.GreyStill
        : ClipFirst ? MediaStep.Filtered : MediaStep.Original;
}
