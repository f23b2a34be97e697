using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>The filters that make a picture safe to meet: small, grey, blurred.</summary>
internal static class StillFilter
{
    private const int Smallest = 8;

    // A blur of a fortieth of the longer side leaves shapes and takes faces, text and wounds.
    private const int BlurShare = 40;

    // One pass of the filter leaves a peak where an edge was; three come close to a true Gaussian.
    private const int BlurSteps = 3;

    /// <summary>
    /// Takes from frames all that came with the picture and is none of it: a colour profile has room for any words, and the encoder
    /// would write it into the still.
    /// </summary>
    public const string Bare = "sidedata=delete";

    /// <summary>Fits a frame into this box, keeping its shape, then takes colour and detail from it.</summary>
    public static string FitAndBlur(int width, int height)
    {
        var sigma = Math.Max(width, height) / (double)BlurShare;
        return string.Create(
            CultureInfo.InvariantCulture, $"{FitGrey(width, height)},gblur=sigma={sigma:0.##}:steps={BlurSteps}");
    }

    /// <summary>Fits a frame into this box, keeping its shape, then takes colour from it.</summary>
    public static string FitGrey(int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"scale=w='{Fit("iw", width, height)}':h='{Fit("ih", width, height)}',setsar=1,format=gray,{Bare}");

    /// <summary>Fits a frame into a square of this side, colours and all; a smaller one stays as it is.</summary>
    public static string FitColour(int side) => string.Create(
        CultureInfo.InvariantCulture,
        $"scale=w='{Shrink("iw", side)}':h='{Shrink("ih", side)}',setsar=1,{Bare}");

    /// <summary>Fits a frame into 360p, lying or standing; sides are even, as the encoders want them.</summary>
    public static string FitClip(int longSide, int shortSide)
    {
        var share = string.Create(
            CultureInfo.InvariantCulture, $"min(1,min({longSide}/max(iw,ih),{shortSide}/min(iw,ih)))");
        return $"scale=w='max({Smallest},2*floor(iw*{share}/2))':h='max({Smallest},2*floor(ih*{share}/2))',setsar=1";
    }

    private static string Shrink(string size, int side) => string.Create(
        CultureInfo.InvariantCulture, $"max({Smallest},floor({size}*min(1,{side}/max(iw,ih))))");

    // Larger than the smallest in both directions, so that a picture of one pixel by ten thousand is drawn too.
    private static string Fit(string side, int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"max({Smallest},floor({side}*min({width}/iw,{height}/ih)))");
}
