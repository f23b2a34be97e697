using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Demo;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Demo;

public sealed class DemoMediaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. DemoMedia.All.Select(file => file.Name)];

    [Fact]
    public void DemoFiles_AreSixPicturesAndAClipAndWeighLittle()
    {
        long[] sizes = [.. DemoMedia.All.Select(file => Bytes(file.Open()).LongLength)];

        Assert.Equal(6, DemoMedia.All.Count(file => file.Kind == MediaKind.Image));
        Assert.Equal(1, DemoMedia.All.Count(file => file.Kind == MediaKind.Video));
        Assert.All(sizes, size => Assert.InRange(size, 1, 60_000));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DemoFile_Still_IsWhatTheRendererMakesOfIt(string name)
    {
        DemoMediaFile file = DemoMedia.All.Single(file => file.Name == name);
        byte[] original = Bytes(file.Open());
        MediaFormat format = MediaSniffer.Sniff(original)!.Value;
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, original, Cancel);
        using FfmpegRenderer renderer = new(Options.Create(new MediaOptions()), new MediaHealth(TimeProvider.System), TimeProvider.System);
        RenderResult drawn = await renderer.RenderBlurredStillAsync(path, format, Cancel);
        File.Delete(path);
        MediaUpload upload = await file.UploadAsync(Cancel);
        await upload.Content.DisposeAsync();

        // Other versions of ffmpeg round otherwise: alike is enough, and grey must be grey.
        byte[] shipped = SampleMedia.Pixels(Bytes(file.OpenStill()));
        byte[] fresh = SampleMedia.Pixels(drawn.Rendition!.Jpeg.ToArray());
        Assert.Equal(fresh.Length, shipped.Length);
        Assert.InRange(fresh.Zip(shipped, (one, other) => Math.Abs(one - other)).Average(), 0, 3);
        Assert.All(shipped.Chunk(3), pixel => Assert.True(pixel.Max() - pixel.Min() <= 1, "a pixel of the still has a colour"));
        Assert.Equal(drawn.Shape, upload.Still!.Shape);
        Assert.Equal(file.Kind, format.Kind());
    }

    [Fact]
    public async Task DemoFiles_Stored_AreReadyAtOnceWithoutARenderer()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Media:FfmpegPath"] = "/nowhere/ffmpeg" });
        Caller moderator = await console.PersonAsync();
        foreach (DemoMediaFile file in DemoMedia.All)
        {
            MediaUpload upload = await file.UploadAsync(Cancel);
            await using Stream content = upload.Content;
            StoreMediaResult stored = await console.Use<StoreMedia>().RunAsync(Caller.System, upload, Cancel);
            OpenedMedia opened = await console.Use<OpenMedia>().RunAsync(moderator, stored.MediaId!.Value, 0, Cancel);
            Assert.Equal(Bytes(file.OpenStill()), Bytes(opened.Content!));
        }

        List<MediaObject> rows = await console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().ToListAsync(Cancel));
        Assert.All(rows, row => Assert.Equal((MediaState.Ready, false), (row.State, string.IsNullOrEmpty(row.Category))));
        Assert.Equal(7, Assert.Single(rows, row => row.Kind == MediaKind.Video).DurationSeconds);
    }

    private static byte[] Bytes(Stream stream)
    {
        using Stream own = stream;
        using MemoryStream copy = new();
        own.CopyTo(copy);
        return copy.ToArray();
    }
}
