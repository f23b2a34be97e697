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
    private const int ClipWidth = 640;
    private const int ClipHeight = 360;
    private static readonly TimeSpan s_clipLength = TimeSpan.FromSeconds(7);

    /// <summary>The original; the receiver disposes of it.</summary>
    public Stream Open() => Resource(Name + (Kind == MediaKind.Video ? ".mp4" : ".jpg"));

    /// <summary>The blurred grey still made of it beforehand; the receiver disposes of it.</summary>
    public Stream OpenStill() => Resource(Name + ".step0.jpg");

    /// <summary>The file as <see cref="StoreMedia"/> takes it, still included, so that the demo needs no renderer.</summary>
    internal async Task<MediaUpload> UploadAsync(CancellationToken cancellationToken)
    {
        var still = OpenStill();
        await using var _ = still.ConfigureAwait(false);
        using var copy = new MemoryStream();
        await still.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        var shape = Kind == MediaKind.Video
            ? new MediaShape(ClipWidth, ClipHeight, s_clipLength)
            : new MediaShape(PictureWidth, PictureHeight);
        return new MediaUpload(Open(), Category) { Still = new PreparedStill(copy.ToArray(), shape) };
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
