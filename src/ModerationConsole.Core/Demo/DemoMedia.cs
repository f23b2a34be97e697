using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Demo;

/// <summary>A picture or clip of our own making that stands in for user-made media in the demo.</summary>
/// <param name="Name">What demo data calls it.</param>
/// <param name="Caption">What it shows, in a sentence.</param>
/// <param name="Category">What a platform would say it shows, in a word or two.</param>
public sealed record DemoMediaFile(string Name, MediaKind Kind, string Caption, string Category)
{
    private const string Folder = "demo-media/";
    private const int PictureWidth = 960;
    private const int PictureHeight = 640;
    private const int SmallWidth = 720;
    private const int SmallHeight = 480;
    private const int ClipWidth = 640;
    private const int ClipHeight = 360;
    private static readonly TimeSpan s_clipLength = TimeSpan.FromSeconds(7);

    /// <summary>The original; the receiver disposes of it.</summary>
    public Stream Open() => Resource(Name + (Kind == MediaKind.Video ? ".mp4" : ".jpg"));

    /// <summary>The blurred grey still made of it beforehand; the receiver disposes of it.</summary>
    public Stream OpenStill() => Resource(Name + ".step0.jpg");

    /// <summary>Step 1 or 2, made of it beforehand; the receiver disposes of it.</summary>
    public Stream OpenStep(MediaStep step) =>
        Resource(FormattableString.Invariant($"{Name}.step{(int)step}") + (IsClip(step) ? ".mp4" : ".jpg"));

    /// <summary>The file as <see cref="StoreMedia"/> takes it, its steps included, so that the demo needs no renderer.</summary>
    internal async Task<MediaUpload> UploadAsync(CancellationToken cancellationToken)
    {
        var clip = new MediaShape(ClipWidth, ClipHeight, s_clipLength);
        var shape = Kind == MediaKind.Video ? clip : new MediaShape(PictureWidth, PictureHeight);
        var still = await ReadAsync(OpenStill(), cancellationToken).ConfigureAwait(false);
        var grey = await ReadAsync(OpenStep(MediaStep.GreyStill), cancellationToken).ConfigureAwait(false);
        var filtered = await ReadAsync(OpenStep(MediaStep.Filtered), cancellationToken).ConfigureAwait(false);
        var greyShape = JpegHeader.TryReadSize(grey, out var width, out var height) ? new MediaShape(width, height) : new MediaShape();
        return new MediaUpload(Open(), Category)
        {
            Still = new PreparedStill(still, shape)
            {
                Above =
                [
                    new PreparedStep(MediaStep.GreyStill, MediaFormat.Jpeg, greyShape, grey),
                    Kind == MediaKind.Video
                        ? new PreparedStep(MediaStep.Filtered, MediaFormat.Mp4, clip, filtered)
                        : new PreparedStep(MediaStep.Filtered, MediaFormat.Jpeg, new MediaShape(SmallWidth, SmallHeight), filtered),
                ],
            },
        };
    }

    private bool IsClip(MediaStep step) => step == MediaStep.Filtered && Kind == MediaKind.Video;

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var _ = stream.ConfigureAwait(false);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.ToArray();
    }

    private static Stream Resource(string file) =>
        typeof(DemoMediaFile).Assembly.GetManifestResourceStream(Folder + file)
        ?? throw new InvalidOperationException($"The demo file {file} is not part of this build.");
}

/// <summary>All media of the demo. Drawn for it; nobody and nothing real is shown.</summary>
public static class DemoMedia
{
    public static DemoMediaFile MarketStall { get; } = new(
        "market-stall", MediaKind.Image, "A market stall with watches and signs that say they are as good as real ones", "Counterfeit goods");

    public static DemoMediaFile KitchenKnife { get; } = new(
        "kitchen-knife", MediaKind.Image, "A kitchen knife on a board beside two lemons", "Weapon");

    public static DemoMediaFile EveningProtest { get; } = new(
        "evening-protest", MediaKind.Image, "A crowd with raised arms and placards in front of houses at dusk", "Crowd, unrest");

    public static DemoMediaFile MiraclePills { get; } = new(
        "miracle-pills", MediaKind.Image, "An advert for slimming capsules sold without a prescription", "Medicine advert");

    public static DemoMediaFile GiftCardChat { get; } = new(
        "gift-card-chat", MediaKind.Image, "A chat in which someone posing as a bank asks for gift card codes", "Scam");

    public static DemoMediaFile MountainLake { get; } = new(
        "mountain-lake", MediaKind.Image, "A lake below mountains at sunrise", "Landscape");

    public static DemoMediaFile NightRace { get; } = new(
        "night-race", MediaKind.Video, "Two cars racing along a street at night", "Dangerous driving");

    /// <summary>Every file, in the order of the list above.</summary>
    public static IReadOnlyList<DemoMediaFile> All { get; } =
        [MarketStall, KitchenKnife, EveningProtest, MiraclePills, GiftCardChat, MountainLake, NightRace];
}
