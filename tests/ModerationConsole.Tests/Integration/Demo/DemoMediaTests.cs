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

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DemoFile_StepsAbove_AreWhatTheRendererMakesOfIt(string name)
    {
        DemoMediaFile file = DemoMedia.All.Single(file => file.Name == name);
        using RenderRoom room = new();
        LadderResult drawn = await room.RaiseAsync(Bytes(file.Open()));
        MediaUpload upload = await file.UploadAsync(Cancel);
        await upload.Content.DisposeAsync();

        Assert.Equal([drawn.Grey!.Step, drawn.Filtered!.Step], upload.Still!.Above.Select(step => step.Step));
        Assert.Equal([drawn.Grey.Format, drawn.Filtered.Format], upload.Still.Above.Select(step => step.Format));
        Assert.Equal((drawn.Filtered.Width, drawn.Filtered.Height, drawn.Filtered.Duration), (upload.Still.Above[1].Shape.Width, upload.Still.Above[1].Shape.Height, upload.Still.Above[1].Shape.Duration));
        byte[] shipped = SampleMedia.Pixels(Bytes(file.OpenStep(MediaStep.GreyStill)));
        byte[] fresh = SampleMedia.Pixels(drawn.Grey.Still!.Value.ToArray());
        Assert.Equal(fresh.Length, shipped.Length);
        Assert.InRange(fresh.Zip(shipped, (one, other) => Math.Abs(one - other)).Average(), 0, 3);
        Assert.InRange(Bytes(file.OpenStep(MediaStep.Filtered)).Length, 1, 60_000);
    }

    [Fact]
    public async Task DemoFiles_Stored_AreReadyAtOnceWithoutARenderer()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Media:FfmpegPath"] = "/nowhere/ffmpeg" });
        foreach (DemoMediaFile file in DemoMedia.All)
        {
            MediaUpload upload = await file.UploadAsync(Cancel);
            await using Stream content = upload.Content;
            StoreMediaResult stored = await console.Use<StoreMedia>().RunAsync(Caller.System, upload, Cancel);
            MediaObject row = await console.ReadAsync(db => db.Set<MediaObject>().SingleAsync(media => media.Id == stored.MediaId, Cancel));
            Assert.Equal(Bytes(file.OpenStill()), Bytes(console.Get<IMediaStore>().OpenRendition(row.Sha256!, MediaStep.BlurredStill)!));
        }

        List<MediaObject> rows = await console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().ToListAsync(Cancel));
        Assert.All(rows, row => Assert.Equal((MediaState.Ready, false), (row.State, string.IsNullOrEmpty(row.Category))));
        Assert.All(rows, row => Assert.Equal(LadderState.Ready, row.Ladder));
        Assert.Equal(2 * DemoMedia.All.Count, await console.ReadAsync(db => db.Set<MediaRendition>().CountAsync(Cancel)));
        foreach (MediaObject row in rows)
        {
            StepContent step = (await console.Get<StepReader>().OpenAsync(row.Sha256!, MediaStep.Filtered, Cancel))!;
            Assert.Equal(step.ContentType, row.Kind == MediaKind.Video ? "video/mp4" : "image/jpeg");
            Assert.Equal(step.ContentType, RenderRoom.Sniff(Bytes(step.Content))!.Value.ContentType());
        }

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
