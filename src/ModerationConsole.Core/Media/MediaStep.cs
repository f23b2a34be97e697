namespace ModerationConsole.Core.Media;

/// <summary>The ladder from what a page shows unasked up to what was sent.</summary>
public enum MediaStep
{
    /// <summary>Blurred grey still of at most 320 pixels; of a video, a storyboard of such stills.</summary>
    BlurredStill = 0,

    /// <summary>Clear grey still of 320 pixels.</summary>
    GreyStill = 1,

    /// <summary>720 pixels, or a muted clip, with the person's filters.</summary>
    Filtered = 2,

    /// <summary>What was sent.</summary>
    Original = 3,
}
