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

    /// <summary>Fits a frame into this box, keeping its shape, then takes colour and detail from it.</summary>
    public static string FitAndBlur(int width, int height)
    {
        var sigma = Math.Max(width, height) / (double)BlurShare;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"scale=w='{Fit("iw", width, height)}':h='{Fit("ih", width, height)}',setsar=1,format=gray,gblur=sigma={sigma:0.##}:steps={BlurSteps}");
    }

    // Larger than the smallest in both directions, so that a picture of one pixel by ten thousand is drawn too.
    private static string Fit(string side, int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"max({Smallest},floor({side}*min({width}/iw,{height}/ih)))");
}
