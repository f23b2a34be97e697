using System.Security.Cryptography;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Demo;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>A person who looks at regions gets the one part they look at.</summary>
public sealed class MediaTileTests : IAsyncLifetime
{
    private const int Width = 320;
    private const int Height = 213;

    private TestConsole _console = null!;
    private Caller _moderator = null!;
    private MediaCase _scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _moderator = await _console.PersonAsync();
        _scene = await MediaCase.OnScreenAsync(_console.Services, _moderator.Id);
        await using Stream still = DemoMedia.KitchenKnife.OpenStep(MediaStep.GreyStill);
        await _console.Get<IMediaStore>().KeepRenditionAsync(
            Convert.ToHexStringLower(SHA256.HashData(_scene.Original)), MediaStep.GreyStill, still, Cancel);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Tile_OfARevealByRegion_IsThatPartAndNoMore()
    {
        Guid reveal = await _scene.RevealAsync(_moderator.Id, byRegion: true);
        HashSet<string> seen = [];
        for (int place = 0; place < MediaTile.Across * MediaTile.Across; place++)
        {
            OpenedMedia tile = await OpenAsync(reveal, new MediaTile(place % MediaTile.Across, place / MediaTile.Across));
            Assert.Equal((MediaGateOutcome.Allowed, "image/jpeg"), (tile.Outcome, tile.ContentType));
            byte[] bytes = await BytesOfAsync(tile);
            Assert.True(JpegHeader.TryReadSize(bytes, out int width, out int height));
            Assert.InRange(width, (Width / MediaTile.Across) - 8, Width / MediaTile.Across);
            Assert.InRange(height, (Height / MediaTile.Across) - 8, Height / MediaTile.Across);
            seen.Add(Convert.ToHexString(SHA256.HashData(bytes)));
        }

        // Plain parts of the picture look the same.
        Assert.InRange(seen.Count, 12, MediaTile.Across * MediaTile.Across);
    }

    [Fact]
    public async Task Whole_OfARevealByRegion_IsRefusedAndTheOtherWayRound()
    {
        OpenedMedia whole = await OpenAsync(await _scene.RevealAsync(_moderator.Id, byRegion: true), null);
        OpenedMedia tile = await OpenAsync(await _scene.RevealAsync(_moderator.Id), new MediaTile(0, 0));

        Assert.Equal((MediaGateOutcome.RevealOfOtherPart, MediaGateOutcome.RevealOfOtherPart), (whole.Outcome, tile.Outcome));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 4)]
    [InlineData(int.MaxValue, int.MinValue)]
    public async Task Tile_OutsideThePicture_IsNone(int x, int y)
    {
        Assert.Equal(MediaGateOutcome.NoSuchTile, (await OpenAsync(await _scene.RevealAsync(_moderator.Id, byRegion: true), new MediaTile(x, y))).Outcome);
    }

    [Fact]
    public async Task Original_ByRegion_IsNotGranted()
    {
        Assert.Equal(RevealOutcome.NotRendered, (await _scene.TryAsync(_moderator.Id, MediaStep.Original, byRegion: true)).Outcome);
    }

    [Fact]
    public async Task StillThatIsNoPicture_HasNoTiles()
    {
        Guid reveal = await _scene.RevealAsync(_moderator.Id, MediaStep.Filtered, byRegion: true);

        Assert.Equal(MediaGateOutcome.NotRendered, (await OpenAsync(reveal, new MediaTile(1, 1), MediaStep.Filtered)).Outcome);
    }

    private Task<OpenedMedia> OpenAsync(Guid reveal, MediaTile? tile, MediaStep step = MediaStep.GreyStill) =>
        _console.Use<OpenMedia>().RunAsync(_moderator, _scene.MediaId, step, reveal, tile, Cancel);

    private static async Task<byte[]> BytesOfAsync(OpenedMedia opened)
    {
        await using Stream content = opened.Content!;
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
